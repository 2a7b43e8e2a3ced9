CREATE SCHEMA skein;
CREATE FUNCTION skein.fence(held text, held_epoch bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin perform from skein.target t where t.target = held and t.epoch = held_epoch for update; if not found then raise exception 'the ledger no longer holds epoch %', held_epoch using errcode = 'SK001'; end if; end $$;
CREATE TABLE public.shelf_1 (
    id integer
);
CREATE TABLE skein.format (
    version integer NOT NULL
);
CREATE TABLE skein.ledger (
    scope text NOT NULL,
    "position" bigint NOT NULL,
    target text NOT NULL,
    sequence bigint NOT NULL,
    epoch bigint NOT NULL,
    rollout text NOT NULL,
    book text NOT NULL,
    kind text NOT NULL,
    migration text,
    direction text,
    step integer,
    completes boolean NOT NULL,
    checksum text,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    report text NOT NULL
);
ALTER TABLE skein.ledger ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME skein.ledger_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE skein.target (
    target text NOT NULL,
    epoch bigint NOT NULL,
    rollout text NOT NULL,
    reported bigint NOT NULL
);
INSERT INTO skein.format VALUES (1);
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 1, 'pg/upgrade_one', 1, 1, 'r-20261130-1652-fc56', 'sql', 'accepted', NULL, NULL, NULL, false, NULL, '2026-11-30 16:52:24.686566+00', '{"id":"7e5acb5a-6e33-362e-8c56-379a3ad88a78","type":"order-accepted","source":"database:pg/upgrade_one","sequence":1,"time":"2026-11-30T16:52:24.558680338Z","ignorable":false,"data":{"database":"pg/upgrade_one","rollout":"r-20261130-1652-fc56","epoch":1,"kind":"apply","agent":"standalone","progress":{"stepsDone":0,"stepsTotal":1}}}');
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 2, 'pg/upgrade_one', 2, 1, 'r-20261130-1652-fc56', 'sql', 'done', '0001', 'up', 0, true, 'd2ea48fe6de6c2f87c5a62fe851f4f54871c273113f2eed0848198bb9ae1ef10', '2026-11-30 16:52:25.037509+00', '{"id":"56aaebbd-e7f9-392b-bad0-96de8e94629d","type":"step-succeeded","source":"database:pg/upgrade_one","sequence":2,"time":"2026-11-30T16:52:24.896794614Z","ignorable":false,"data":{"database":"pg/upgrade_one","rollout":"r-20261130-1652-fc56","epoch":1,"step":{"migration":"0001","index":0,"direction":"up"},"outcome":"executed","attempts":1,"elapsed":"PT0.048S","progress":{"stepsDone":1,"stepsTotal":1}}}');
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 3, 'pg/upgrade_one', 3, 1, 'r-20261130-1652-fc56', 'sql', 'ended', NULL, NULL, NULL, false, NULL, '2026-11-30 16:52:25.037547+00', '{"id":"40b69227-7ec3-3af5-b7a5-5d9065ae08d3","type":"database-applied","source":"database:pg/upgrade_one","sequence":3,"time":"2026-11-30T16:52:24.896794614Z","ignorable":false,"data":{"database":"pg/upgrade_one","rollout":"r-20261130-1652-fc56","epoch":1,"version":"0001","progress":{"stepsDone":1,"stepsTotal":1}}}');
INSERT INTO skein.target VALUES ('pg/upgrade_one', 1, 'r-20261130-1652-fc56', 3);
SELECT pg_catalog.setval('skein.ledger_position_seq', 3, true);
ALTER TABLE ONLY skein.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (scope, "position");
ALTER TABLE ONLY skein.ledger
    ADD CONSTRAINT ledger_target_sequence_key UNIQUE (target, sequence);
ALTER TABLE ONLY skein.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (target);
