"use client";
// Owns changing one's own password. Every other session ends with the old one.

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, useWatch } from "react-hook-form";
import { toast } from "sonner";
import { PasswordHelp } from "@/components/auth/password-help";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { apiFetch } from "@/lib/client/api";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import { type ChangePasswordInput, changePasswordInput } from "@/lib/contracts/account";

const EMPTY: ChangePasswordInput = { current_password: "", new_password: "" };

/** Puts the server's words beside the field that they are about. */
function fieldOf(path: string): keyof ChangePasswordInput | "root" {
  return path === "current_password" || path === "new_password" ? path : "root";
}

export function PasswordForm() {
  const { user } = useViewer();
  const form = useForm<ChangePasswordInput>({
    resolver: zodResolver(changePasswordInput),
    defaultValues: EMPTY,
    mode: "onTouched",
  });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control, name: "new_password" });

  async function submit(body: ChangePasswordInput) {
    try {
      await apiFetch("/api/account/password", { method: "PUT", body });
      form.reset(EMPTY);
      toast("Password changed. Every other session has ended.");
    } catch (error) {
      const [first] = error instanceof ProblemError ? error.errors : [];
      form.setError(fieldOf(first?.path ?? ""), { message: first?.message ?? errorText(error) });
    }
  }

  return (
    <form className="grid max-w-sm gap-4" noValidate onSubmit={form.handleSubmit(submit)}>
      {errors.root && <Callout tone="danger">{errors.root.message}</Callout>}
      {/* Password managers need to know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
      <Field label="Current password" error={errors.current_password?.message}>
        <PasswordInput {...form.register("current_password")} autoComplete="current-password" />
      </Field>
      <div className="grid gap-2">
        <Field label="New password" error={errors.new_password?.message}>
          <PasswordInput {...form.register("new_password")} autoComplete="new-password" />
        </Field>
        {!errors.new_password && <PasswordHelp value={typed} about={[user.name, user.email]} />}
      </div>
      <Button type="submit" variant="primary" loading={isSubmitting} className="justify-self-start">
        Change password
      </Button>
    </form>
  );
}
