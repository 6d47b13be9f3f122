// Owns the profile calls that the public API and the dashboard's API share: parse, one service, a status.
import { z } from "zod";
import {
  createProfileInput,
  listProfilesQuery,
  MAX_PROFILE_BODY_BYTES,
  previewProfileInput,
  profileVersionParam,
  restoreProfileVersionInput,
  testProfileInput,
  updateProfileInput,
} from "@/lib/contracts/profiles";
import { AppError } from "@/lib/domain/errors";
import { applyProfile } from "../services/profiles/apply-profile";
import { archiveProfile, unarchiveProfile } from "../services/profiles/archive-profile";
import { createProfile } from "../services/profiles/create-profile";
import { getProfile, getProfileVersion } from "../services/profiles/get-profile";
import { listProfiles } from "../services/profiles/list-profiles";
import { previewProfile } from "../services/profiles/preview-profile";
import { restoreProfileVersion } from "../services/profiles/restore-profile-version";
import { testProfile } from "../services/profiles/test-profile";
import { updateProfile } from "../services/profiles/update-profile";
import { type Call, pathParam } from "./call";
import { jsonResponse } from "./json-response";
import { limitTrials } from "./limit-trials";
import { parseJsonBody, parseQuery } from "./parse";

const LARGE = { maxBytes: MAX_PROFILE_BODY_BYTES };
const noInput = z.strictObject({});

const refOf = ({ params }: Call): string => pathParam(params, "profile");

/** The version that the address names; `not_found` for what is no number. */
export function versionOf({ params }: Pick<Call, "params">): number {
  const parsed = profileVersionParam.safeParse(pathParam(params, "version"));
  if (!parsed.success) throw new AppError("not_found", "There is no such version of this profile.");
  return parsed.data;
}

/** Every call on profiles; the names say which service each one is. */
export const profileCalls = {
  async list(call: Call) {
    return jsonResponse(
      await listProfiles(call.ctx, call.actor, parseQuery(call.request, listProfilesQuery)),
    );
  },
  async create(call: Call) {
    const input = await parseJsonBody(call.request, createProfileInput, LARGE);
    return jsonResponse(await createProfile(call.ctx, call.actor, input), { status: 201 });
  },
  async get(call: Call) {
    parseQuery(call.request, noInput);
    return jsonResponse(await getProfile(call.ctx, call.actor, refOf(call)));
  },
  async update(call: Call) {
    const input = await parseJsonBody(call.request, updateProfileInput, LARGE);
    return jsonResponse(await updateProfile(call.ctx, call.actor, refOf(call), input));
  },
  async getVersion(call: Call) {
    parseQuery(call.request, noInput);
    return jsonResponse(await getProfileVersion(call.ctx, call.actor, refOf(call), versionOf(call)));
  },
  async restoreVersion(call: Call) {
    const input = await parseJsonBody(call.request, restoreProfileVersionInput, { allowEmpty: true });
    return jsonResponse(
      await restoreProfileVersion(call.ctx, call.actor, refOf(call), versionOf(call), input),
    );
  },
  async apply(call: Call) {
    await parseJsonBody(call.request, noInput, { allowEmpty: true });
    return jsonResponse(await applyProfile(call.ctx, call.actor, refOf(call)));
  },
  async archive(call: Call) {
    await parseJsonBody(call.request, noInput, { allowEmpty: true });
    return jsonResponse(await archiveProfile(call.ctx, call.actor, refOf(call)));
  },
  async unarchive(call: Call) {
    await parseJsonBody(call.request, noInput, { allowEmpty: true });
    return jsonResponse(await unarchiveProfile(call.ctx, call.actor, refOf(call)));
  },
  preview: limitTrials(async (call) => {
    const input = await parseJsonBody(call.request, previewProfileInput, LARGE);
    return jsonResponse(await previewProfile(call.ctx, call.actor, input));
  }),
  test: limitTrials(async (call) => {
    const input = await parseJsonBody(call.request, testProfileInput, LARGE);
    return jsonResponse(await testProfile(call.ctx, call.actor, input));
  }),
};
