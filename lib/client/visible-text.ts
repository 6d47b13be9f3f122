// What came from outside is shown by the same rule everywhere, in pages as in mails.
export { visibleParts, visibleText } from "@/lib/domain/text/visible-text";
