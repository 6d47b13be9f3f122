import { receiveAtInbox } from "@/lib/server/http/with-inbox-sender";

export const dynamic = "force-dynamic";

export {
  receiveAtInbox as DELETE,
  receiveAtInbox as GET,
  receiveAtInbox as HEAD,
  receiveAtInbox as OPTIONS,
  receiveAtInbox as PATCH,
  receiveAtInbox as POST,
  receiveAtInbox as PUT,
};
