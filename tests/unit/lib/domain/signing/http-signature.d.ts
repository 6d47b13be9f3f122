// What the tests use of the reference library, which has no types of its own.
declare module "http-signature" {
  type Parsed = { params: Record<string, unknown> };
  const library: {
    parseRequest(request: unknown): Parsed;
    verifyHMAC(parsed: Parsed, secret: string): boolean;
  };
  export default library;
}
