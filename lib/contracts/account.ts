// Owns the wire shapes of set-up and of a person's own account.
import { z } from "zod";
import { normaliseEmail } from "@/lib/domain/access/email";
import { newPassword, passwordProblem } from "@/lib/domain/access/password";
import { plainText } from "./common";

/** An e-mail address in its one spelling. */
export const emailAddress = z
  .string()
  .max(512)
  .transform((raw, ctx) => {
    const email = normaliseEmail(raw);
    if (email !== null) return email;
    ctx.addIssue({ code: "custom", message: "must be an e-mail address such as ada@example.com" });
    return z.NEVER;
  });

const personName = plainText(80).pipe(z.string().min(1, "must not be empty"));
const workspaceName = plainText(60).pipe(z.string().min(1, "must not be empty"));

/** The first owner and the workspace. */
export const firstOwnerInput = z
  .strictObject({
    email: emailAddress,
    name: personName,
    workspace_name: workspaceName,
    password: newPassword,
  })
  .superRefine((value, ctx) => {
    const problem = passwordProblem(value.password, [value.email, value.name, value.workspace_name]);
    if (problem !== null) ctx.addIssue({ code: "custom", path: ["password"], message: problem });
  });

/** The token of the printed link. */
export const setupToken = z.string().min(1).max(200);

/** Set-up through the browser: the first owner, with the token of the printed link. */
export const setupInput = z.strictObject({ token: setupToken, owner: firstOwnerInput });

/** Set-up through a provider: who the owner is comes from there. */
export const startProviderSetupInput = z.strictObject({ token: setupToken, workspace_name: workspaceName });

export const changePasswordInput = z.strictObject({
  current_password: z.string().max(2048),
  new_password: newPassword,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export type FirstOwnerDto = {
  user_id: string;
  workspace_id: string;
  workspace_slug: string;
  environments: { live: string; sandbox: string };
};
