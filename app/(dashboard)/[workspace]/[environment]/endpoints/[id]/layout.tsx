// Owns what the tabs of an endpoint's page share.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EndpointFrame } from "@/components/endpoints/page/endpoint-frame";

export const metadata: Metadata = { title: "Endpoint" };

interface Props {
  children: ReactNode;
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointLayout({ children, params }: Props) {
  const { id } = await params;
  return <EndpointFrame id={id}>{children}</EndpointFrame>;
}
