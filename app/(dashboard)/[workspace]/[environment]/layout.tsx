// Owns what all pages of one environment share: the viewer, the query client, the shell.
// Not a security boundary: Next does not run a layout again on every navigation, so pages and handlers check too.

import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { parseTheme, THEME_COOKIE } from "@/components/theme/theme";
import { QueryProvider } from "@/lib/client/query-provider";
import { ViewerProvider } from "@/lib/client/viewer-context";
import { listWorkspaces, requireViewer } from "@/lib/server/auth/session";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function EnvironmentLayout({ children, params }: LayoutProps) {
  const { workspace, environment } = await params;
  const { session, seat } = await requireViewer(workspace, environment);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const facts = {
    user: session.user,
    role: seat.role,
    workspace: { id: seat.workspaceId, slug: seat.workspaceSlug, name: seat.workspaceName },
    environment: { id: seat.environmentId, kind: seat.environmentKind },
  };
  return (
    <NuqsAdapter>
      {/* A new environment is a new client: nothing that was fetched for one may be shown in the other. */}
      <QueryProvider key={seat.environmentId}>
        <ViewerProvider facts={facts}>
          <AppShell theme={theme} workspaces={await listWorkspaces(session)}>
            {children}
          </AppShell>
        </ViewerProvider>
      </QueryProvider>
    </NuqsAdapter>
  );
}
