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
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 1, 'pg/upgrade_two', 1, 1, 'r-20261130-1652-fc56', 'sql', 'accepted', NULL, NULL, NULL, false, NULL, '2026-11-30 16:52:24.773443+00', '{"id":"734ef13f-c694-3412-9cd8-9b9df1adfca8","type":"order-accepted","source":"database:pg/upgrade_two","sequence":1,"time":"2026-11-30T16:52:24.770518136Z","ignorable":false,"data":{"database":"pg/upgrade_two","rollout":"r-20261130-1652-fc56","epoch":1,"kind":"apply","agent":"standalone","progress":{"stepsDone":0,"stepsTotal":1}}}');
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 2, 'pg/upgrade_two', 2, 1, 'r-20261130-1652-fc56', 'sql', 'done', '0001', 'up', 0, true, 'd2ea48fe6de6c2f87c5a62fe851f4f54871c273113f2eed0848198bb9ae1ef10', '2026-11-30 16:52:25.183748+00', '{"id":"ac7d247c-d739-31eb-af0f-bed28fc1fbf8","type":"step-succeeded","source":"database:pg/upgrade_two","sequence":2,"time":"2026-11-30T16:52:25.170016611Z","ignorable":false,"data":{"database":"pg/upgrade_two","rollout":"r-20261130-1652-fc56","epoch":1,"step":{"migration":"0001","index":0,"direction":"up"},"outcome":"executed","attempts":1,"elapsed":"PT0.002S","progress":{"stepsDone":1,"stepsTotal":1}}}');
INSERT INTO skein.ledger OVERRIDING SYSTEM VALUE VALUES ('', 3, 'pg/upgrade_two', 3, 1, 'r-20261130-1652-fc56', 'sql', 'ended', NULL, NULL, NULL, false, NULL, '2026-11-30 16:52:25.183774+00', '{"id":"f18c8dfd-dc07-370a-805f-b2f6aa2c7e0b","type":"database-applied","source":"database:pg/upgrade_two","sequence":3,"time":"2026-11-30T16:52:25.170016611Z","ignorable":false,"data":{"database":"pg/upgrade_two","rollout":"r-20261130-1652-fc56","epoch":1,"version":"0001","progress":{"stepsDone":1,"stepsTotal":1}}}');
INSERT INTO skein.target VALUES ('pg/upgrade_two', 1, 'r-20261130-1652-fc56', 3);
SELECT pg_catalog.setval('skein.ledger_position_seq', 3, true);
ALTER TABLE ONLY skein.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (scope, "position");
ALTER TABLE ONLY skein.ledger
    ADD CONSTRAINT ledger_target_sequence_key UNIQUE (target, sequence);
ALTER TABLE ONLY skein.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (target);
