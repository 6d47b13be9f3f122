// One's own account; the same in both environments.
import type { Metadata } from "next";
import { AccountView } from "@/components/account/account-view";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Your account" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function AccountPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <AccountView />;
}
