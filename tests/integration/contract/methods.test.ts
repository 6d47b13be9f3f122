// The routes and the document name the same operations, and every other method and address is answered as the document says.
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { GET as unknownAddress } from "@/app/api/[...path]/route";
import { loadApiRoutes } from "@/tests/support/api-routes";
import { commonAnswerProblems, documentedOperations, PUBLIC_URL } from "@/tests/support/contract/document";

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
const routes = await loadApiRoutes();

const documentedMethods = (at: string) =>
  documentedOperations.filter((operation) => operation.path === at).map(({ method }) => method);

describe("I-29 routes and operations", () => {
  it("are the same", () => {
    const offered = routes.flatMap((route) => {
      const source = readFileSync(path.resolve("app/api/v1", route.file), "utf8");
      const methods = [
        ...source.matchAll(/^export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/gm),
      ];
      return methods.map(([, method]) => `${method} ${route.path}`);
    });
    const described = documentedOperations.map((operation) => `${operation.method} ${operation.path}`);
    expect(described.sort()).toEqual(offered.sort());
  });

  it.each(routes.map((route) => [route.path, route] as const))(
    "I-09 %s answers 405 with Allow to every other method",
    async (at, { handlers }) => {
      const allowed = documentedMethods(at);
      for (const method of METHODS) {
        if (allowed.includes(method)) continue;
        const params = Promise.resolve({});
        const response = await handlers[method]?.(new Request(`${PUBLIC_URL}${at}`, { method }), { params });
        expect([method, response?.status]).toEqual([method, 405]);
        expect(response?.headers.get("allow")?.split(", ").sort()).toEqual([...allowed].sort());
        expect(response?.headers.get("access-control-allow-origin")).toBeNull();
      }
    },
  );

  it("have no other address", async () => {
    const response = unknownAddress();
    const { status, headers } = response;
    expect(status).toBe(404);
    const given = { status, headers, text: await response.text() };
    expect(commonAnswerProblems("UnknownAddress", given)).toEqual([]);
  });
});
