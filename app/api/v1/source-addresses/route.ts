// Owns the route of the addresses that requests come from.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { sourceAddressesJson } from "@/lib/server/http/source-addresses";

export const dynamic = "force-dynamic";

export const GET = sourceAddressesJson;
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
