// Owns the plain text of the addresses that requests come from.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { sourceAddressesText } from "@/lib/server/http/source-addresses";

export const dynamic = "force-dynamic";

export const GET = sourceAddressesText;
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
