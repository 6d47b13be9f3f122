// The bare address leads to where the visitor belongs: set-up, sign-in, or their workspace.
import { redirect } from "next/navigation";
import { MessagePage } from "@/components/brand/message-page";
import { getSession, listWorkspaces } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getSetupState } from "@/lib/server/services/setup-link";

export default async function RootPage() {
  const session = await getSession();
  if (session === null) {
    const isNew = (await getSetupState(getRuntime(), undefined)) !== "closed";
    redirect(isNew ? "/setup" : "/sign-in");
  }
  const [workspace] = await listWorkspaces(session);
  if (workspace) redirect(`/${workspace.slug}/live`);
  return (
    <MessagePage code="0" title="You are in no workspace">
      You are signed in as {session.user.email}, but no workspace has you as a member. Ask an owner to add
      you.
    </MessagePage>
  );
}
