"use client";
// Owns one's own account: who one is here, the password, and ending all sessions.

import { LogOut } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { apiFetch } from "@/lib/client/api";
import { useViewer } from "@/lib/client/viewer-context";
import { PasswordForm } from "./password-form";

export function AccountView() {
  const { user, role, workspace } = useViewer();

  async function endAll() {
    await apiFetch("/api/account/sessions", { method: "DELETE" });
    location.assign("/sign-in");
  }

  return (
    <div className="mx-auto grid w-full max-w-4xl gap-6">
      <PageHeader title="Your account" />
      <Card>
        <CardHeader title="You" />
        <CardBody>
          <KeyValueList
            items={[
              { key: "Name", value: user.name },
              { key: "E-mail", value: user.email },
              { key: "Role", value: `${role} of ${workspace.name}` },
              { key: "User id", value: user.id, mono: true },
            ]}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Password" description="Changing it ends every other session of yours at once." />
        <CardBody>
          <PasswordForm />
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Sessions"
          description="A session ends after 12 hours without a sign of life, and after 7 days in any case."
          actions={
            <ConfirmDialog
              trigger={<Button icon={<LogOut />}>Sign out everywhere</Button>}
              title="Sign out everywhere?"
              description={`Every browser that is signed in as ${user.email} is signed out at once, this one included.`}
              confirmLabel="Sign out everywhere"
              onConfirm={endAll}
            />
          }
        />
      </Card>
    </div>
  );
}
