import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, type EnvSource, parseEnv, parseRunningEnv } from "@/lib/server/env";

const KEY = Buffer.from("Zx81-9qLm_4Tt7vWc0Rb2Yn6Kd3Hf5Gs").toString("base64");
const OTHER_KEY = Buffer.from("a7Q-x2Lp9_Vt4mWc0Rb6Yn1Kd8Hf3GsZ").toString("base64");
const SECRET = "3q2-7wQxkT0vB1nY8sLr5uHd9pZfE6aGcJm4";

function problemsOf(source: EnvSource): readonly string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

describe("parseEnv", () => {
  it("needs nothing", () => {
    expect(parseEnv({}, "/srv/app")).toEqual({
      port: 3000,
      host: undefined,
      publicUrl: "http://localhost:3000",
      dataDir: "/srv/app/.signpost",
      databaseUrl: undefined,
      encryptionKeys: [],
      sessionSecret: undefined,
      allowedTargets: [],
      allowHttp: false,
      egress: { proxy: null, local: null, sourceAddresses: [] },
      inlineAttempts: true,
      logLevel: "info",
      trustedProxies: [],
      signInProviders: {},
      mail: null,
    });
  });

  it("reads where e-mails go out and who they are from", () => {
    const { mail } = parseEnv({
      SMTP_URL: "smtp://user:p%40ss@mail.example.com:587",
      SIGNPOST_MAIL_FROM: "Hooks of Acme <Alerts@Acme.example>",
    });
    expect(mail?.smtpUrl.hostname).toBe("mail.example.com");
    expect(mail).toMatchObject({
      from: { name: "Hooks of Acme", address: "alerts@acme.example" },
      fromIsGuessed: false,
    });
    expect(
      parseEnv({ SMTP_URL: "smtps://mail.example.com", SIGNPOST_URL: "https://hooks.acme.example" }).mail,
    ).toMatchObject({
      from: { name: "Signpost", address: "signpost@hooks.acme.example" },
      fromIsGuessed: true,
    });
  });

  it("lets mail go unencrypted where no password crosses a network", () => {
    for (const url of ["smtp://mail.example.com?ignoreTLS=true", "smtp://u:p@localhost:1025?ignoreTLS=true"])
      expect(parseEnv({ SMTP_URL: url }).mail?.smtpUrl.href).toBe(url);
  });

  it("takes empty values as unset, and the public address from the port", () => {
    expect(parseEnv({ PORT: "4100", SIGNPOST_URL: "", DATABASE_URL: "" })).toMatchObject({
      publicUrl: "http://localhost:4100",
      databaseUrl: undefined,
    });
  });

  it("reads every setting", () => {
    const env = parseEnv({
      SIGNPOST_URL: "https://hooks.example.com/",
      SIGNPOST_HOST: "0.0.0.0",
      DATABASE_URL: "postgresql://app:pw@db.internal/signpost",
      SIGNPOST_ENCRYPTION_KEY: `${KEY},${OTHER_KEY}`,
      NEXTAUTH_SECRET: SECRET,
      SIGNPOST_ALLOWED_TARGETS: "127.0.0.0/8, ::1, Receiver.internal, *.svc.cluster.local",
      SIGNPOST_ALLOW_HTTP: "1",
      SIGNPOST_EGRESS_PROXY: "http://signpost:p%40ss@proxy.internal:3128",
      SIGNPOST_LOCAL_ADDRESS: "203.0.113.7, 2001:DB8::7",
      SIGNPOST_SOURCE_ADDRESSES: "203.0.113.7,198.51.100.0/28, 2001:db8::7",
      SIGNPOST_INLINE_ATTEMPTS: "0",
    });
    expect(env.egress).toEqual({
      proxy: {
        secure: false,
        host: "proxy.internal",
        port: 3128,
        authorization: `Basic ${Buffer.from("signpost:p@ss").toString("base64")}`,
      },
      local: { ipv4: "203.0.113.7", ipv6: "2001:db8::7" },
      sourceAddresses: [
        { cidr: "203.0.113.7/32", family: "ipv4" },
        { cidr: "198.51.100.0/28", family: "ipv4" },
        { cidr: "2001:db8::7/128", family: "ipv6" },
      ],
    });
    expect(env.publicUrl).toBe("https://hooks.example.com");
    expect(env.encryptionKeys.map((key) => key.toString("base64"))).toEqual([KEY, OTHER_KEY]);
    expect(env.allowedTargets).toEqual(["127.0.0.0/8", "::1", "receiver.internal", "*.svc.cluster.local"]);
    expect(env).toMatchObject({
      allowHttp: true,
      inlineAttempts: false,
    });
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "http"],
    ["SIGNPOST_HOST", "fe80::1%eth0"],
    ["SIGNPOST_URL", "signpost.example.com"],
    ["SIGNPOST_URL", "https://example.com/signpost"],
    ["SIGNPOST_URL", "https://user:pw@example.com"],
    ["DATABASE_URL", "mysql://localhost/signpost"],
    ["SIGNPOST_ENCRYPTION_KEY", "short"],
    ["SIGNPOST_ENCRYPTION_KEY", `${KEY},`],
    ["NEXTAUTH_SECRET", "only-31-bytes-long-0123456789ab"],
    ["SIGNPOST_ALLOWED_TARGETS", "10.0.0.0/33"],
    ["SIGNPOST_ALLOWED_TARGETS", "http://10.0.0.1"],
    ["SIGNPOST_ALLOWED_TARGETS", "10.0.0.0/8,,"],
    ["SIGNPOST_ALLOW_HTTP", "yes"],
    ["SIGNPOST_LOG_LEVEL", "loud"],
    ["SIGNPOST_EGRESS_PROXY", "proxy.internal:3128"],
    ["SIGNPOST_EGRESS_PROXY", "socks5://proxy.internal:1080"],
    ["SIGNPOST_EGRESS_PROXY", "http://u:canary@proxy.internal/path"],
    ["SIGNPOST_EGRESS_PROXY", "http://u:canary@proxy.internal:0"],
    ["SIGNPOST_EGRESS_PROXY", "http://:canary@proxy.internal"],
    ["SIGNPOST_EGRESS_PROXY", "http://u:canary%0d@proxy.internal"],
    ["SIGNPOST_EGRESS_PROXY", "http://u:canary%zz@proxy.internal"],
    ["SMTP_URL", "mail.example.com:587"],
    ["SMTP_URL", "http://u:canary@mail.example.com"],
    ["SMTP_URL", "smtp://u:canary@mail.example.com/queue"],
    ["SMTP_URL", "smtp://u:canary%zz@mail.example.com"],
    ["SMTP_URL", "smtp://u:canary@mail.example.com?pool=true"],
    ["SMTP_URL", "smtp://u:canary@mail.example.com?ignoreTLS=true"],
    ["SMTP_URL", "smtp://u:canary@127.0.0.1.example.com?ignoreTLS=true&requireTLS=false"],
    ["SMTP_URL", "smtp://mail.example.com?ignoreTLS=true&requireTLS=true"],
    ["SIGNPOST_MAIL_FROM", "Signpost"],
    ["SIGNPOST_MAIL_FROM", "Signpost <a@example.com>\r\nBcc: b@example.com"],
    ["SIGNPOST_MAIL_FROM", '"Sign\\"post" <a@example.com>'],
    ["SIGNPOST_LOCAL_ADDRESS", "localhost"],
    ["SIGNPOST_LOCAL_ADDRESS", "0.0.0.0"],
    ["SIGNPOST_LOCAL_ADDRESS", "203.0.113.7,203.0.113.8"],
    ["SIGNPOST_LOCAL_ADDRESS", "fe80::1%eth0"],
    ["SIGNPOST_SOURCE_ADDRESSES", "203.0.113.7,"],
    ["SIGNPOST_SOURCE_ADDRESSES", "203.0.113.7/24"],
    ["SIGNPOST_SOURCE_ADDRESSES", "203.0.113.0/33"],
    ["SIGNPOST_SOURCE_ADDRESSES", "example.com"],
  ])("refuses %s=%s, naming the variable and not repeating a secret", (name, value) => {
    const [problem, ...more] = problemsOf({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} `));
    expect(more).toEqual([]);
    if (/KEY|SECRET|DATABASE|PROXY|SMTP/.test(name)) expect(problem).not.toMatch(/canary|proxy\.internal\//);
    if (/KEY|SECRET|DATABASE/.test(name)) expect(problem).not.toContain(value);
  });

  it.each([
    ["NEXTAUTH_SECRET", "change-me-change-me-change-me-change-me"],
    ["NEXTAUTH_SECRET", "your-super-secret-nextauth-secret-here"],
    ["NEXTAUTH_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["SIGNPOST_ENCRYPTION_KEY", Buffer.alloc(32).toString("base64")],
    ["SIGNPOST_ENCRYPTION_KEY", Buffer.from("change-me-change-me-change-me-32").toString("base64")],
  ])("K-16 refuses the known default %s=%s", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining("well-known example value")]);
  });

  it("names all problems at once, unknown names with a suggestion", () => {
    expect(
      problemsOf({ PORT: "-1", SIGNPOST_DATADIR: "/tmp/x", SIGNPOST_COMPLETELY_DIFFERENT_THING: "1" }),
    ).toEqual([
      "SIGNPOST_DATADIR is not a setting of Signpost; did you mean SIGNPOST_DATA_DIR?",
      "SIGNPOST_COMPLETELY_DIFFERENT_THING is not a setting of Signpost",
      expect.stringMatching(/^PORT /),
    ]);
  });

  it("has every variable in .env.example, and nothing else there", () => {
    const example = readFileSync(".env.example", "utf8");
    const documented = [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
    const files = ["env", "egress-settings", "mail-settings", "sign-in-settings"];
    const source = files.map((file) => readFileSync(`lib/server/${file}.ts`, "utf8")).join("\n");
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1]);
    const engine = ["INNGEST_BASE_URL", "INNGEST_DEV", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"];
    expect(documented.sort()).toEqual([...read, ...engine].sort());
  });
});

describe("parseRunningEnv", () => {
  it("L-21 refuses to serve without database and keys", () => {
    expect(() => parseRunningEnv({})).toThrow(
      /DATABASE_URL is missing.*NEXTAUTH_SECRET is missing.*SIGNPOST_ENCRYPTION_KEY is missing/s,
    );
  });

  it("gives them when they are there", () => {
    const source = {
      DATABASE_URL: "postgres://localhost/signpost",
      NEXTAUTH_SECRET: SECRET,
      SIGNPOST_ENCRYPTION_KEY: KEY,
    };
    expect(parseRunningEnv(source)).toMatchObject({
      databaseUrl: source.DATABASE_URL,
      sessionSecret: SECRET,
    });
  });
});
