import { AppError } from "@/lib/domain/errors";
import { problemResponse } from "@/lib/server/http/problem";
import { newRequestId } from "@/lib/server/http/request-id";

/** An address that no route has: a problem for machines, where Next would send its page for people. */
function notFound(): Response {
  return problemResponse(new AppError("not_found", "There is nothing at this address."), newRequestId());
}

export {
  notFound as DELETE,
  notFound as GET,
  notFound as HEAD,
  notFound as OPTIONS,
  notFound as PATCH,
  notFound as POST,
  notFound as PUT,
};
