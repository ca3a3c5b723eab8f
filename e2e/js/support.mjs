// What the conversation needs of the SDK: clients that count what they saw, and waiting with a deadline.
import * as sdk from "matrix-js-sdk";
import { SyncAccumulator } from "matrix-js-sdk/lib/sync-accumulator.js";
import assert from "node:assert/strict";

/** The SDK tells a lot on the console; what matters here is what it does. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {}, getChild: () => silent };

/** Resolves with what `probe` gives as soon as that is truthy; fails after `seconds`, and tells what `state` gives. */
export async function eventually(what, probe, seconds = 40, state = () => "") {
    const until = Date.now() + seconds * 1000;
    for (;;) {
        const value = await probe();
        if (value) return value;
        if (Date.now() > until) assert.fail(`not within ${seconds} s: ${what} ${state()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** Keeps what a sync brought, as a browser's database does, so that a client can be started again from it. */
export class KeptStore extends sdk.MemoryStore {
    #kept;
    #any;

    /** Without the rooms of a client that is gone, as after a page was loaded anew. */
    constructor(previous) {
        super();
        this.#kept = previous ? previous.#kept : new SyncAccumulator();
        this.#any = previous ? previous.#any : false;
    }

    async setSyncData(data) {
        this.#kept.accumulate(data);
        this.#any = true;
    }
    wantsSave() {
        return false;
    }
    async getSavedSync() {
        return this.#any ? structuredClone(this.#kept.getJSON(true)) : null;
    }
    async getSavedSyncToken() {
        return this.#any ? this.#kept.getNextBatchToken() : null;
    }
    async isNewlyCreated() {
        return !this.#any;
    }
}

/** Registers a user through user-interactive authentication and gives back the answer. */
export async function register(baseUrl, username, password) {
    const client = sdk.createClient({ baseUrl, logger: silent });
    const body = { username, password, initial_device_display_name: "first" };
    let session;
    try {
        await client.registerRequest(body);
        assert.fail("registration asked for no authentication");
    } catch (error) {
        assert.equal(error.httpStatus, 401, `registration answered ${error}`);
        session = error.data.session;
        assert.ok(error.data.flows.some((flow) => flow.stages.includes("m.login.dummy")));
    }
    return client.registerRequest({ ...body, auth: { type: "m.login.dummy", session } });
}

/** Logs in with a password on a new device and gives back the answer. */
export function login(baseUrl, user, password) {
    return sdk.createClient({ baseUrl, logger: silent }).loginRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user },
        password,
        initial_device_display_name: "second",
    });
}

/** A client in the SDK's own sync loop, with what it saw. */
export class Seen {
    constructor(baseUrl, credentials, store = new KeptStore()) {
        this.store = store;
        this.timeline = [];
        this.syncStates = [];
        this.client = sdk.createClient({
            baseUrl,
            userId: credentials.user_id,
            accessToken: credentials.access_token,
            deviceId: credentials.device_id,
            store,
            timelineSupport: true,
            logger: silent,
        });
        this.client.on(sdk.ClientEvent.Sync, (state) => this.syncStates.push(state));
        this.client.on(sdk.RoomEvent.Timeline, (event, room, toStart, removed, data) => {
            if (!toStart && data.liveEvent) this.timeline.push(event);
        });
    }

    async start(initialSyncLimit = 20) {
        // Events come into the timeline as the server orders them, not as they were typed.
        const pendingEventOrdering = sdk.PendingEventOrdering.Detached;
        await this.client.startClient({ initialSyncLimit, lazyLoadMembers: true, pendingEventOrdering });
        await eventually("the first sync", () => this.syncStates.includes("PREPARED"));
        return this;
    }

    stop() {
        this.client.stopClient();
    }

    /** Bodies of what others and oneself said, in the order in which the timeline brought them. */
    said(roomId) {
        return this.timeline
            .filter((e) => e.getRoomId() === roomId && e.getType() === "m.room.message")
            .filter((e) => !e.isRelation("m.replace"))
            .filter((e) => !e.status)
            .map((e) => e.getContent().body);
    }
}

/** The SDK logs to the console whatever it is told; only what matters here is shown. */
console.debug = console.info = console.warn = () => {};

/** Asks whoever started this script to do something to the server, and waits for the answer. */
export async function askHost(request, answer) {
    console.log(`@@${request}`);
    const lines = (await import("node:readline")).createInterface({ input: process.stdin });
    for await (const line of lines) {
        if (line.trim() === `@@${answer}`) {
            lines.close();
            process.stdin.pause();
            return;
        }
    }
    assert.fail(`nobody answered ${request}`);
}

export { sdk };
