// Owns the picture beside sign-in and set-up: a signpost whose boards are deliveries. Decoration, hidden from readers.

import { StateDot } from "@/components/ui/status-pill";
import type { Tone } from "@/components/ui/tone";

type Board = { type: string; note: string; tone: Tone; side: "left" | "right"; className: string };

const BOARDS: readonly Board[] = [
  {
    type: "order.paid",
    note: "200 OK in 41 ms",
    tone: "success",
    side: "right",
    className: "bg-accent text-on-accent",
  },
  {
    type: "invoice.sent",
    note: "503, again in 5 min",
    tone: "progress",
    side: "left",
    className: "bg-raised text-ink",
  },
  {
    type: "parcel.delivered",
    note: "200 OK in 128 ms",
    tone: "success",
    side: "right",
    className: "bg-raised text-ink",
  },
  {
    type: "refund.created",
    note: "signed, first attempt",
    tone: "accent",
    side: "left",
    className: "bg-raised text-ink",
  },
];

/** The free tip of a board, as in the mark: sent. */
function Tip({ side }: { side: "left" | "right" }) {
  return (
    <svg
      viewBox="0 0 34 64"
      className={side === "left" ? "-mr-px h-16 w-8.5 -scale-x-100" : "-ml-px h-16 w-8.5"}
      fill="currentColor"
      aria-hidden="true"
    >
      <path d="M-1 0h4l20 32L3 64h-4z" />
      <path d="M10 0h5l20 32-20 32h-5l20-32z" />
    </svg>
  );
}

function BoardRow({ board }: { board: Board }) {
  const isPrimary = board.className.includes("bg-accent");
  const tip = <span className={isPrimary ? "text-accent" : "text-raised"}>{<Tip side={board.side} />}</span>;
  return (
    <div className={board.side === "right" ? "flex translate-x-[34%]" : "flex translate-x-[-34%]"}>
      {board.side === "left" && tip}
      <div className={`flex h-16 w-64 flex-col justify-center gap-0.5 px-5 ${board.className}`}>
        <span className="font-medium font-mono text-sm">{board.type}</span>
        <span className="flex items-center gap-1.5 text-xs">
          {!isPrimary && <StateDot tone={board.tone} />}
          <span className={isPrimary ? "" : "text-muted"}>{board.note}</span>
        </span>
      </div>
      {board.side === "right" && tip}
    </div>
  );
}

export function SignpostScene() {
  return (
    <div className="absolute inset-0 flex justify-center">
      {/* The post runs out of the picture at the bottom; the ground is the page. */}
      <div className="absolute inset-y-[14%] bottom-0 w-3 rounded-t-xs bg-accent dark:bg-accent-soft" />
      <div className="relative mt-[18vh] flex flex-col items-center gap-7 drop-shadow-[0_1px_1px_oklch(0.2_0.02_220/0.08)]">
        {BOARDS.map((board) => (
          <BoardRow key={board.type} board={board} />
        ))}
      </div>
    </div>
  );
}
