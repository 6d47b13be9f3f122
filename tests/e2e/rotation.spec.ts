// Changing a signing secret: shown once, with an overlap in which both sign, or at once; and ending an overlap early.
import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { headerOf, type ReceivedRequest } from "@/tests/support/receiver/http-reader";
import type { Receiver } from "@/tests/support/receiver/receiver";
import { expect, test } from "./scene";

/** Rotates with the dialog open, and gives the secret that it shows. */
async function rotate(page: Page, overlap: string): Promise<string> {
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: overlap }).click();
  await dialog.getByRole("button", { name: "Rotate secret" }).click();
  const secret = (await dialog.getByText(/^whsec_\S{20,}$/).textContent()) ?? "";
  await expect(dialog.getByRole("button", { name: "Close", exact: true }).last()).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").getByRole("button", { name: "Stay" }).click();
  await expect(dialog, "a slip does not lose it").toBeVisible();
  await dialog.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(dialog).toBeHidden();
  expect(await page.content(), "shown once").not.toContain(secret);
  return secret;
}

/** Which of the secrets accept the event's request. */
async function accepting(receiver: Receiver, eventId: string, secrets: Record<string, string>) {
  const find = (all: readonly ReceivedRequest[]) =>
    all.find((one) => headerOf(one, "webhook-id") === eventId);
  await receiver.waitFor((all) => find(all) !== undefined);
  const request = find(receiver.requests) as ReceivedRequest;
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const headers = Object.fromEntries(names.map((name) => [name, headerOf(request, name) ?? ""]));
  return Object.keys(secrets).filter((name) => {
    try {
      new Webhook(secrets[name] ?? "").verify(request.body.toString(), headers);
      return true;
    } catch {
      return false;
    }
  });
}

test("operators rotate a secret with an overlap, retire the old one early, and replace a leaked one at once", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  const endpoint = await scene.endpoint("/ok");
  const secrets: Record<string, string> = { first: endpoint.secret };
  await page.goto(scene.path(`/endpoints/${endpoint.id}/secret`));
  await expect(page.getByText("Signing secret", { exact: true })).toBeVisible();

  secrets.second = await rotate(page, "24 hours");
  await expect(page.getByText("2 secrets sign each request")).toBeVisible();
  await expect(page.getByText("Current", { exact: true })).toHaveCount(1);
  await expect(page.getByText("Retiring", { exact: true })).toHaveCount(1);
  await expect(page.getByText(/Stops signing in 23.h/)).toBeVisible();
  for (const secret of Object.values(secrets)) {
    await expect(page.getByRole("listitem").filter({ hasText: secret.slice(-5, -1) })).toHaveCount(1);
  }
  expect(await accepting(receiver, await scene.send("secret.both"), secrets)).toEqual(["first", "second"]);

  await page.getByRole("button", { name: "Retire now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Retire secret" }).click();
  await expect(page.getByText("Retiring", { exact: true })).toHaveCount(0);
  expect(await accepting(receiver, await scene.send("secret.retired"), secrets)).toEqual(["second"]);

  secrets.third = await rotate(page, "None: it has leaked");
  await expect(page.getByText("Signing secret", { exact: true })).toBeVisible();
  expect(await accepting(receiver, await scene.send("secret.leaked"), secrets)).toEqual(["third"]);
});
