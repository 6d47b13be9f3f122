// Which folder may import which (docs/architecture.md says why). `npm run arch` runs it and makes sure it saw something.
const PRISMA = "node_modules/(@prisma/|pg/|\\.prisma/)";

/** One rule: modules matching `from` must not import modules matching `to`. */
const forbid = (name, from, to, comment, fromExtra = {}, toExtra = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, ...fromExtra },
  to: { path: to, ...toExtra },
});

module.exports = {
  forbidden: [
    forbid(
      "no-cycles",
      "^(app|bin|components|lib|inngest)/",
      "",
      "Two modules that need each other are one module.",
      {},
      { circular: true },
    ),
    forbid(
      "domain-is-pure",
      "^lib/domain/",
      "",
      "The domain imports itself, pure libraries and node:crypto.",
      {},
      {
        pathNot: [
          "^lib/domain/",
          "^(node:)?crypto$",
          "node_modules/(zod|typeid-js|uuidv7|ipaddr\\.js|@marcbachmann/cel-js|re2js)/",
        ],
      },
    ),
    forbid(
      "contracts-are-leaf",
      "^lib/contracts/",
      `^(app|bin|components|inngest|prisma|tests|lib/(server|client))/|${PRISMA}`,
      "Contracts may use the domain only.",
    ),
    forbid(
      "client-never-server",
      "^(components|lib/client)/",
      `^(lib/server|inngest|prisma|app|bin|tests)/|${PRISMA}|node_modules/inngest/`,
      "Types cross via lib/contracts, so even `import type` stays out.",
    ),
    forbid(
      "client-never-node-crypto",
      "^(components|lib/client)/",
      "^lib/domain/signing/",
      "Signing is server-side domain code.",
    ),
    forbid(
      "ui-knows-no-feature",
      "^components/(ui|data-table)/",
      "^(components/(?!ui/|data-table/)|lib/(client|contracts|domain)/)",
      "Primitives stay product-free.",
    ),
    forbid(
      "server-only-enqueues",
      "^lib/server/",
      "^inngest/(?!client|events)|node_modules/inngest/",
      "Services send events; functions call services.",
    ),
    forbid("one-file-enqueues", "^lib/server/", "^inngest/", "Only lib/server/jobs.ts talks to the engine.", {
      pathNot: "^lib/server/jobs\\.ts$",
    }),
    forbid(
      "server-never-ui",
      "^lib/server/",
      "^(app|components|lib/client|tests|bin)/",
      "Dependencies point inwards.",
    ),
    forbid(
      "prisma-only-in-data-access",
      "^(app|inngest/(?!embedded/)|lib/server/(?!db|repositories|auth))",
      `^lib/server/db|${PRISMA}`,
      "One place knows the database (and the embedded engine its own tables).",
    ),
    forbid(
      "outer-layers-use-services",
      "^(app|inngest)/",
      "^lib/server/repositories/",
      "Authorisation lives in services; do not walk around it.",
    ),
    forbid("jobs-never-ui", "^inngest/", "^(app|components|lib/client|tests|bin)/", "Jobs are headless."),
    forbid(
      "one-mount-for-functions",
      "^app/(?!api/inngest/)",
      "^inngest/",
      "Only app/api/inngest/route.ts serves functions.",
    ),
    forbid(
      "one-way-out",
      "^(app|inngest|lib/server/(?!outbound/))",
      "^(node:)?(https?|http2)$|node_modules/(undici|axios|got)/",
      "Requests to others leave through lib/server/outbound, which vets their targets.",
      {},
      {
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "only-tests-import-tests",
      "^(?!tests/)",
      "^tests/",
      "Seed builders live in prisma/seed and tests borrow them.",
      { pathNot: "^(vitest|playwright)\\.config\\.ts$" },
    ),
    forbid("nothing-imports-routes", "^(?!app/|tests/)", "^app/", "Routes are the outermost layer."),
    forbid(
      "nothing-imports-launcher",
      "^(app|components|lib|inngest)/",
      "^bin/",
      "The launcher is outside the application.",
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/server/db/generated/|^\\.next|^dist/" },
  },
};
