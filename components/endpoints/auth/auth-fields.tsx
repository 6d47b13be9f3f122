"use client";
// Owns the fields of one way of authentication.

import { PasswordInput } from "@/components/auth/password-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import type { AuthDraft, AuthField } from "./auth-draft";

interface AuthFieldsProps {
  draft: AuthDraft;
  onChange: (change: Partial<AuthDraft>) => void;
  errorAt: (field: AuthField) => string | undefined;
}

export function AuthFields({ draft, onChange, errorAt }: AuthFieldsProps) {
  // Browsers would fill the dashboard's own password into a field of this type.
  const secret = (field: AuthField, noun: string) => (
    <PasswordInput
      mono
      noun={noun}
      autoComplete="new-password"
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.target.value })}
    />
  );
  const text = (field: AuthField, placeholder?: string) => (
    <Input
      mono
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      placeholder={placeholder}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.target.value })}
    />
  );
  switch (draft.kind) {
    case "basic":
      return (
        <>
          <Field label="User name" required error={errorAt("username")}>
            {text("username")}
          </Field>
          <Field label="Password" error={errorAt("password")}>
            {secret("password", "password")}
          </Field>
        </>
      );
    case "bearer":
      return (
        <Field label="Token" required hint="Without the word Bearer." error={errorAt("token")}>
          {secret("token", "token")}
        </Field>
      );
    case "api_key":
      return (
        <>
          <Field label="Header" required error={errorAt("header")}>
            {text("header", "X-Api-Key")}
          </Field>
          <Field label="Value" required error={errorAt("value")}>
            {secret("value", "value")}
          </Field>
        </>
      );
    case "oauth2":
      return (
        <>
          <Field
            label="Token URL"
            required
            hint="Checked like the endpoint's own address, now and each time a token is asked for."
            error={errorAt("token_url")}
          >
            {text("token_url", "https://id.example.com/oauth/token")}
          </Field>
          <Field label="Client id" required error={errorAt("client_id")}>
            {text("client_id")}
          </Field>
          <Field label="Client secret" required error={errorAt("client_secret")}>
            {secret("client_secret", "client secret")}
          </Field>
          <Field label="Scope" optional hint="One space between scopes." error={errorAt("scope")}>
            {text("scope")}
          </Field>
          <Field label="Audience" optional hint="For servers that ask for it." error={errorAt("audience")}>
            {text("audience")}
          </Field>
          <Field label="Client credentials are sent" error={errorAt("client_auth")}>
            <NativeSelect
              value={draft.client_auth}
              onChange={(event) =>
                onChange({ client_auth: event.target.value === "body" ? "body" : "basic" })
              }
            >
              <option value="basic">As HTTP Basic</option>
              <option value="body">In the body of the request</option>
            </NativeSelect>
          </Field>
        </>
      );
  }
}
