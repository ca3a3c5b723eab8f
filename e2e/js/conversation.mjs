// Two people meet, talk and part through matrix-js-sdk's own sync loop.
//   LARES_URL   the server; registration is open there and rate limits are off
// Writes `@@restart` when the server is to be restarted, and goes on when it reads `@@restarted`.
import assert from "node:assert/strict";
import { KeptStore, Seen, askHost, eventually, login, register, sdk } from "./support.mjs";

const baseUrl = process.env.LARES_URL;
assert.ok(baseUrl, "LARES_URL names the server");
const MESSAGES = 200;
const started = Date.now();
const done = [];

function step(name) {
    done.push(name);
    console.log(`${String(Date.now() - started).padStart(6)} ms  ${name}`);
}

const suffix = Math.random().toString(36).slice(2, 8);
const password = "correct horse battery staple";
const aliceFirst = await register(baseUrl, `alice-${suffix}`, password);
const bobFirst = await register(baseUrl, `bob-${suffix}`, password);
assert.match(aliceFirst.user_id, new RegExp(`^@alice-${suffix}:`));
const aliceCredentials = await login(baseUrl, `alice-${suffix}`, password);
assert.equal(aliceCredentials.user_id, aliceFirst.user_id);
assert.notEqual(aliceCredentials.device_id, aliceFirst.device_id);
step("two users register, one logs in again");

const alice = await new Seen(baseUrl, aliceCredentials).start();
let bob = await new Seen(baseUrl, bobFirst).start();
const aliceId = alice.client.getUserId();
const bobId = bob.client.getUserId();
step("both sync");

const { room_id: roomId } = await alice.client.createRoom({
    preset: "private_chat",
    name: "A first conversation",
    topic: "words",
});
await eventually("alice sees her room", () => alice.client.getRoom(roomId)?.name === "A first conversation");
await alice.client.invite(roomId, bobId);
await eventually("bob sees the invite", () => bob.client.getRoom(roomId)?.getMyMembership() === "invite");
assert.equal(bob.client.getRoom(roomId).name, "A first conversation");
await bob.client.joinRoom(roomId);
await eventually("bob is in", () => bob.client.getRoom(roomId)?.getMyMembership() === "join");
await eventually("alice sees bob", () => alice.client.getRoom(roomId).getMember(bobId)?.membership === "join");
step("a room, an invite, a join");

async function bothHear(count) {
    for (const listener of [alice, bob]) {
        const heard = () => listener.said(roomId).length;
        await eventually(`${listener.client.getUserId()} hears ${count}`, () => heard() >= count, 40, heard);
    }
}

const expected = [];
for (let i = 0; i < MESSAGES; i++) {
    const body = `message ${i}`;
    const speaker = i % 2 === 0 ? alice : bob;
    await speaker.client.sendTextMessage(roomId, body);
    expected.push(body);
    // More than a timeline's limit between two syncs would be a gap, which is right and not what is looked at here.
    if (i % 10 === 9) await bothHear(expected.length);
}
for (const listener of [alice, bob]) {
    assert.deepEqual(listener.said(roomId), expected, "each message once, in one order");
}
step(`${MESSAGES} messages`);

const last = (seen) => seen.timeline.filter((e) => e.getType() === "m.room.message").at(-1);
const targetId = last(bob).getId();
await alice.client.sendEvent(roomId, "m.room.message", {
    "msgtype": "m.text",
    "body": "* a better message",
    "m.new_content": { msgtype: "m.text", body: "a better message" },
    "m.relates_to": { rel_type: "m.replace", event_id: alice.timeline.filter((e) => e.getSender() === aliceId && e.getType() === "m.room.message").at(-1).getId() },
});
await eventually("bob sees the edit", () =>
    bob.client.getRoom(roomId).getLiveTimeline().getEvents().some((e) => e.getContent().body === "a better message"),
);
const reaction = await bob.client.sendEvent(roomId, "m.reaction", {
    "m.relates_to": { rel_type: "m.annotation", event_id: targetId, key: "👍" },
});
await eventually("alice sees the reaction", () =>
    alice.client.getRoom(roomId).relations.getChildEventsForEvent(targetId, "m.annotation", "m.reaction")?.getRelations().length === 1,
);
await bob.client.redactEvent(roomId, reaction.event_id);
await eventually("the reaction is gone", () => {
    const left = alice.client.getRoom(roomId).relations.getChildEventsForEvent(targetId, "m.annotation", "m.reaction");
    return !left || left.getRelations().filter((e) => !e.isRedacted()).length === 0;
});
const doomed = await alice.client.sendTextMessage(roomId, "to be removed");
await eventually("bob sees it", () => bob.said(roomId).includes("to be removed"));
await alice.client.redactEvent(roomId, doomed.event_id, undefined, { reason: "a slip" });
await eventually("bob sees it removed", () => bob.client.getRoom(roomId).findEventById(doomed.event_id)?.isRedacted());
const redacted = await bob.client.fetchRoomEvent(roomId, doomed.event_id);
assert.equal(redacted.content.body, undefined);
assert.ok(redacted.unsigned.redacted_because);
step("an edit, a reaction, two redactions");

const read = last(bob);
await bob.client.sendReadReceipt(read);
await eventually("alice sees bob's receipt", () => alice.client.getRoom(roomId).hasUserReadEvent(bobId, read.getId()));
await bob.client.sendTyping(roomId, true, 10_000);
await eventually("alice sees bob typing", () => alice.client.getRoom(roomId).getMember(bobId).typing);
await bob.client.sendTyping(roomId, false, 0);
await eventually("alice sees bob stop", () => !alice.client.getRoom(roomId).getMember(bobId).typing);
step("a receipt and typing");

const third = await new Seen(baseUrl, await login(baseUrl, `alice-${suffix}`, password)).start(8);
const room = third.client.getRoom(roomId);
for (let page = 0; page < 50 && room.getLiveTimeline().getEvents()[0].getType() !== "m.room.create"; page++) {
    await third.client.scrollback(room, 30);
}
const history = room.getLiveTimeline().getEvents();
assert.equal(history[0].getType(), "m.room.create", "history starts with the create event");
assert.equal(new Set(history.map((e) => e.getId())).size, history.length, "no event twice");
const bodies = history.map((e) => e.getContent().body).filter((body) => /^message \d+$/.test(body ?? ""));
assert.ok(bodies.length >= MESSAGES - 1, `history holds the conversation, ${bodies.length} messages`);
third.stop();
await third.client.logout(true);
step("a new device paginates to the start");

bob.stop();
for (let i = 0; i < 5; i++) await alice.client.sendTextMessage(roomId, `while away ${i}`);
const heardBefore = bob.said(roomId).length;
bob = await new Seen(baseUrl, bobFirst, new KeptStore(bob.store)).start();
await eventually("bob hears what he missed", () => bob.said(roomId).filter((b) => b?.startsWith("while away")).length >= 5);
assert.deepEqual(
    bob.said(roomId).filter((b) => b?.startsWith("while away")),
    [0, 1, 2, 3, 4].map((i) => `while away ${i}`),
);
assert.ok(heardBefore > 0);
step("a restarted client resumes from its token");

await askHost("restart", "restarted");
await eventually("alice can send again", async () => {
    try {
        await alice.client.sendTextMessage(roomId, "after the restart");
        return true;
    } catch (error) {
        if (error instanceof sdk.MatrixError) throw error; // the server answered, and not with yes
        return false;
    }
}, 60);
await eventually("bob hears it", () => bob.said(roomId).includes("after the restart"), 60);
assert.equal(bob.said(roomId).filter((b) => b === "after the restart").length, 1);
assert.deepEqual(
    bob.said(roomId).filter((b) => b?.startsWith("while away")).length,
    5,
    "nothing is repeated after the restart",
);
step("a restarted server is not noticed but for a reconnect");

const { event_id: rootId } = await alice.client.sendTextMessage(roomId, "a thread begins");
const replyIds = [];
for (const body of ["first reply", "second reply"]) {
    const reply = await bob.client.sendEvent(roomId, "m.room.message", {
        "msgtype": "m.text",
        body,
        "m.relates_to": { rel_type: "m.thread", event_id: rootId },
    });
    replyIds.push(reply.event_id);
}
const threads = await alice.client.createThreadListMessagesRequest(roomId, null, 10);
assert.deepEqual(threads.chunk.map((e) => e.event_id), [rootId]);
assert.equal(threads.chunk[0].unsigned["m.relations"]["m.thread"].count, 2);
assert.equal(threads.chunk[0].unsigned["m.relations"]["m.thread"].latest_event.event_id, replyIds[1]);
const inThread = await alice.client.relations(roomId, rootId, "m.thread", "m.room.message");
assert.deepEqual(inThread.events.map((e) => e.getId()).sort(), [...replyIds].sort());
step("a thread, its list and its replies");

const { event_id: soughtId } = await bob.client.sendTextMessage(roomId, "an unmistakable remark");
await eventually("alice finds what bob said", async () => {
    const found = await alice.client.searchRoomEvents({ term: "Unmistakable", filter: { rooms: [roomId] } });
    return found.results.length === 1 && found.results[0].context.getEvent().getId() === soughtId;
});
step("a search");

await bob.client.leave(roomId);
await eventually("alice sees bob leave", () => alice.client.getRoom(roomId).getMember(bobId)?.membership === "leave");
await eventually("bob has left", () => bob.client.getRoom(roomId)?.getMyMembership() === "leave");
await assert.rejects(bob.client.sendTextMessage(roomId, "too late"), (e) => e.errcode === "M_FORBIDDEN");
step("one leaves");

alice.stop();
bob.stop();
await alice.client.logout(true);
await assert.rejects(alice.client.whoami(), (e) => e.errcode === "M_UNKNOWN_TOKEN");
step("and a token that was given back is no good");

console.log(`@@done ${done.length} steps`);
process.exit(0);
