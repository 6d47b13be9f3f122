// The gallery of primitives, on development servers only (see docs/design.md). The path is `/_design`: encoded, since
// folders with an underscore are private in Next, and no workspace can be called that.

import { notFound } from "next/navigation";

interface GalleryPageProps {
  searchParams: Promise<{ view?: string; selected?: string; state?: string; sandbox?: string }>;
}

export const metadata = { title: "Design" };

export default async function GalleryPage({ searchParams }: GalleryPageProps) {
  if (process.env.NODE_ENV === "production") notFound();
  const params = await searchParams;
  if (params.view === "list") {
    const { SampleList } = await import("./sample-list");
    return (
      <SampleList
        selectedId={params.selected ?? null}
        state={params.state ?? "rows"}
        isSandbox={params.sandbox !== undefined}
      />
    );
  }
  const { Gallery } = await import("./gallery");
  return <Gallery />;
}
