-- State of the embedded engine. Nothing here is a record of the product: deliveries say what is due, and
-- emptying these tables at any time only delays work until the next sweep.

-- CreateTable
CREATE TABLE "engine_run" (
    "id" UUID NOT NULL,
    "function_id" TEXT NOT NULL,
    "event" JSON NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost_leases" INTEGER NOT NULL DEFAULT 0,
    "leased" BOOLEAN NOT NULL DEFAULT false,
    "lease_token" BIGINT NOT NULL DEFAULT 0,
    "claimable_at" TIMESTAMPTZ(3) NOT NULL,
    "output" JSON,
    "error" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_run_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "engine_run_state_check" CHECK ("state" IN ('open', 'completed', 'failed'))
);

-- CreateTable
CREATE TABLE "engine_step" (
    "run_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "data" JSON,
    "error" JSON,
    "finished_order" INTEGER,

    CONSTRAINT "engine_step_pkey" PRIMARY KEY ("run_id", "id"),
    CONSTRAINT "engine_step_state_check" CHECK ("state" IN ('planned', 'sleeping', 'completed', 'failed'))
);

-- CreateTable
CREATE TABLE "engine_event" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engine_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_cron" (
    "function_id" TEXT NOT NULL,
    "expression" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engine_cron_pkey" PRIMARY KEY ("function_id", "expression", "slot")
);

-- CreateIndex
CREATE INDEX "engine_run_claimable_idx" ON "engine_run"("function_id", "claimable_at") WHERE "state" = 'open';

-- CreateIndex
CREATE INDEX "engine_run_leased_idx" ON "engine_run"("function_id") WHERE "leased";

-- CreateIndex
CREATE INDEX "engine_run_finished_idx" ON "engine_run"("finished_at") WHERE "finished_at" IS NOT NULL;

-- CreateIndex
CREATE INDEX "engine_event_received_idx" ON "engine_event"("received_at");

-- AddForeignKey
ALTER TABLE "engine_step" ADD CONSTRAINT "engine_step_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "engine_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
