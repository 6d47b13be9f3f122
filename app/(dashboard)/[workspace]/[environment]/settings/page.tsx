import type { Metadata } from "next";
import { cookies } from "next/headers";
import { SettingsView } from "@/components/settings/settings-view";
import { parseTheme, THEME_COOKIE } from "@/components/theme/theme";
import { requireViewer } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { version } from "@/package.json";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function SettingsPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const instance = { publicUrl: getRuntime().publicUrl, version };
  return <SettingsView instance={instance} theme={theme} />;
}
