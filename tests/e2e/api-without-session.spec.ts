// The dashboard's API and page data for people who are not signed in, or not members: no data, whatever is tried.
import { expect, test } from "./scene";

const MARK = "Only for members";

test("T-08 N-01 N-02 N-03 without a session the dashboard's API gives no data, in no spelling", async ({
  playwright,
  baseURL,
  scene,
}) => {
  const endpoint = await scene.endpoint("/ok", { description: MARK });
  const eventId = await scene.send("order.paid", JSON.stringify({ note: MARK }), { subject: MARK });
  const delivery = await scene.deliveryOf(eventId);
  const key = await scene.key();
  const bypass = "middleware:middleware:middleware:middleware:middleware";
  const stranger = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const attempts: { url: string; headers: Record<string, string> }[] = [];
  for (const rest of [
    "/overview",
    "/endpoints",
    `/endpoints/${endpoint.id}`,
    "/deliveries",
    `/deliveries/${delivery.id}`,
    "/events",
    `/events/${eventId}`,
    "/api-keys",
    "/inbox",
    "/audit",
    "/stream",
  ]) {
    const url = `/api/dashboard${scene.path(rest)}`;
    attempts.push(
      { url, headers: {} },
      { url: `${url}/`, headers: {} },
      { url: url.replace("/live/", "/%6cive/"), headers: {} },
      { url: url.replace("/api/", "/api//"), headers: {} },
      { url, headers: { RSC: "1", "x-middleware-subrequest": bypass } },
      { url, headers: { cookie: "signpost-session=forged; __Host-signpost-session=forged" } },
      { url, headers: { authorization: `Bearer ${key}` } },
    );
  }
  for (const { url, headers } of attempts) {
    const response = await stranger.get(url, { headers, maxRedirects: 0 });
    const about = `${url} ${JSON.stringify(headers)}`;
    expect(response.status(), about).not.toBe(200);
    const body = await response.text();
    // An answer may repeat the address that was asked for, and nothing else.
    const secrets = [MARK, endpoint.id, eventId, delivery.id].filter((secret) => !url.includes(secret));
    for (const secret of secrets) expect(body, about).not.toContain(secret);
  }
  for (const method of ["POST", "PATCH", "DELETE"]) {
    const url = `/api/dashboard${scene.path(`/endpoints/${endpoint.id}`)}`;
    const response = await stranger.fetch(url, { method, data: { description: "changed" } });
    expect([401, 403, 405], method).toContain(response.status());
  }
  expect((await scene.call<{ description: string }>("GET", `/endpoints/${endpoint.id}`)).description).toBe(
    MARK,
  );
  await stranger.dispose();
});

test("T-01 a person who is not a member finds neither the workspace nor anything in it", async ({
  ownerPage: page,
  scene,
  database,
}) => {
  const endpoint = await scene.endpoint("/ok", { description: MARK });
  const apiPath = `/api/dashboard${scene.path(`/endpoints/${endpoint.id}`)}`;
  expect((await page.request.get(apiPath)).status(), "a member").toBe(200);
  await database.query("DELETE FROM member WHERE workspace_id = $1", [scene.workspaceId]);
  expect((await page.request.get(apiPath)).status(), "at once").toBe(404);
  const forms: Record<string, string>[] = [{}, { RSC: "1" }];
  for (const headers of forms) {
    const response = await page.request.get(scene.path(`/endpoints/${endpoint.id}`), {
      headers,
      maxRedirects: 0,
    });
    const body = await response.text();
    expect(body).not.toContain(MARK);
    expect(body).not.toContain(scene.workspaceId);
  }
});
