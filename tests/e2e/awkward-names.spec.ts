// Subjects are other people's names: whatever is in them, the real server's routing must read each as itself.
import { expect, test } from "./scene";

const SUBJECTS = ["ref-1", "ref%2D1", "ref%252D1", "100%", "a/b?c#d", "Zoë 🦊", "%zz"];

test("T-01 callbacks of subjects that look like encodings of each other are each their own", async ({
  request,
  scene,
}) => {
  const headers = { authorization: `Bearer ${await scene.key()}` };
  const at = (subject: string) => `/api/v1/subjects/${encodeURIComponent(subject)}/callback`;
  for (const [index, subject] of SUBJECTS.entries()) {
    const data = { callback_url: `https://receiver.example.com/${index}` };
    const response = await request.put(at(subject), { headers, data });
    expect(response.status(), `${subject}: ${await response.text()}`).toBe(201);
    expect((await response.json()).subject).toBe(subject);
  }
  for (const [index, subject] of SUBJECTS.entries()) {
    const callback = await (await request.get(at(subject), { headers })).json();
    expect(callback).toMatchObject({ subject, callback_url: `https://receiver.example.com/${index}` });
  }
  const malformed = await request.get("/api/v1/subjects/%zz/callback", { headers });
  expect(malformed.status()).toBe(400);
});
