"use client";
// Owns making the first owner: who, what the workspace is called, and a password worth having.

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { apiFetch } from "@/lib/client/api";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { signInWithPassword } from "@/lib/client/session";
import { type FirstOwnerDto, firstOwnerInput } from "@/lib/contracts/account";
import { PasswordHelp } from "./password-help";
import { PasswordInput } from "./password-input";
import { ProviderButtons, type ProviderChoice } from "./provider-buttons";

type Values = z.input<typeof firstOwnerInput>;
type Owner = z.output<typeof firstOwnerInput>;

interface SetupFormProps {
  /** From the printed link. */
  token: string;
  providers: readonly ProviderChoice[];
}

export function SetupForm({ token, providers }: SetupFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values, unknown, Owner>({
    resolver: zodResolver(firstOwnerInput),
    defaultValues: { name: "", email: "", workspace_name: "", password: "" },
    mode: "onTouched",
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const [name, email, workspaceName, password] = useWatch({
    control: form.control,
    name: ["name", "email", "workspace_name", "password"],
  });

  async function submit(owner: Owner) {
    setProblem(null);
    try {
      const made = await apiFetch<FirstOwnerDto>("/api/setup", { method: "POST", body: { token, owner } });
      const callbackUrl = `/${made.workspace_slug}/live`;
      const signedIn = await signInWithPassword({
        email: owner.email,
        password: owner.password,
        callbackUrl,
      });
      location.assign(signedIn.outcome === "signed_in" ? signedIn.url : "/sign-in");
    } catch (error) {
      if (error instanceof ProblemError && error.code === "conflict") return location.assign("/sign-in");
      setProblem(errorText(error));
    }
  }

  async function rememberWorkspace() {
    if (!(await form.trigger("workspace_name", { shouldFocus: true }))) {
      throw new ProblemError({ status: 0, code: "invalid_request", detail: "Name the workspace first." });
    }
    const body = { token, workspace_name: form.getValues("workspace_name") };
    await apiFetch("/api/setup/provider", { method: "POST", body });
  }

  return (
    <>
      <form className="grid gap-5" noValidate onSubmit={form.handleSubmit(submit)}>
        {problem && (
          <Callout tone="danger" title="The workspace is not set up">
            {problem}
          </Callout>
        )}
        <Field
          label="Workspace"
          hint="Your company or team. It names the addresses of the dashboard."
          error={errors.workspace_name?.message}
        >
          <Input
            {...form.register("workspace_name")}
            autoComplete="organization"
            placeholder="Acme"
            className="h-10"
            autoFocus
          />
        </Field>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Your name" error={errors.name?.message}>
            <Input
              {...form.register("name")}
              autoComplete="name"
              placeholder="Ada Lovelace"
              className="h-10"
            />
          </Field>
          <Field label="E-mail" error={errors.email?.message}>
            <Input
              {...form.register("email")}
              type="email"
              autoComplete="username"
              inputMode="email"
              placeholder="ada@acme.com"
              className="h-10"
            />
          </Field>
        </div>
        <div className="grid gap-2">
          <Field label="Password" error={errors.password?.message}>
            <PasswordInput {...form.register("password")} autoComplete="new-password" className="h-10" />
          </Field>
          {!errors.password && <PasswordHelp value={password} about={[name, email, workspaceName]} />}
        </div>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          loading={isSubmitting || (isSubmitSuccessful && !problem)}
        >
          Create owner and workspace
        </Button>
      </form>
      <ProviderButtons choices={providers} callbackUrl="/" before={rememberWorkspace} />
    </>
  );
}
