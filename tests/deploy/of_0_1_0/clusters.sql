INSERT INTO public.person VALUES
	('01a2137c-bb82-74c9-bc4b-0a47fbfc2568', 'Anna Nováková', 'cs', 'Europe/Prague', '2026-11-25 16:14:31.29828+00'),
	('01a2137c-bb99-708a-adc2-b304ada985d7', 'Marie Malá', 'en', 'Europe/Prague', '2026-11-25 16:14:31.321796+00'),
	('01a2137c-bba6-71b7-bc45-35015bddfebc', 'Ben Hill', 'en', 'Europe/Prague', '2026-11-25 16:14:31.334892+00'),
	('01a2137c-bbb0-7649-83e4-b8affba9f705', 'Hana Velká', 'cs', 'Europe/Prague', '2026-11-25 16:14:31.344161+00'),
	('01a2137c-bbb8-74d4-94b8-229887a8d969', 'Cara Sykes', 'en', 'Europe/Prague', '2026-11-25 16:14:31.353007+00'),
	('01a2137c-bbc1-7695-b112-befb1cf23b96', 'دان', 'ar', 'Europe/Prague', '2026-11-25 16:14:31.361759+00'),
	('01a2137c-bc33-72f5-93f6-d33034a23205', 'Olga', 'en', 'UTC', '2026-11-25 16:14:31.475459+00');
INSERT INTO public.address VALUES
	('person4@school.test', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', NULL),
	('person5@school.test', '01a2137c-bb99-708a-adc2-b304ada985d7', NULL),
	('person6@school.test', '01a2137c-bba6-71b7-bc45-35015bddfebc', NULL),
	('person7@school.test', '01a2137c-bbb0-7649-83e4-b8affba9f705', NULL),
	('person8@school.test', '01a2137c-bbb8-74d4-94b8-229887a8d969', NULL),
	('person9@school.test', '01a2137c-bbc1-7695-b112-befb1cf23b96', NULL),
	('olga10@office.test', '01a2137c-bc33-72f5-93f6-d33034a23205', NULL);
INSERT INTO public.cluster VALUES
	('01a2137c-bb56-70de-a64e-6fbac23c1bc5', 'Cluster 1', 'Test', 'CZ', 'bottom_up', 'Europe/Prague', '', '', 1, '2026-11-25 16:14:31.254809+00', NULL);
INSERT INTO public.client VALUES
	('01a2137c-bb22-72a6-8a23-50922dd9103f', 'events', '{follow,notify}', NULL, 'events', NULL, '2026-11-25 16:14:31.202721+00', NULL),
	('01a2137c-bb28-7096-b0bb-3cb6e28945eb', 'diaries', '{follow,notify}', NULL, 'diaries', NULL, '2026-11-25 16:14:31.208786+00', NULL),
	('01a2137c-bb2b-758b-a941-c444f866289a', 'web', '{sign_in,follow}', NULL, 'web', NULL, '2026-11-25 16:14:31.211656+00', NULL),
	('01a2137c-bb2e-70ed-a57e-1c30636042b8', 'demo', '{set_up,act_for_people,webhooks,webhooks_inside,operate}', NULL, 'demo', NULL, '2026-11-25 16:14:31.214823+00', NULL),
	('01a2137c-bcdc-723a-8098-d65e73f8f25a', 'Moodle', '{webhooks}', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', NULL, '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '2026-11-25 16:14:31.644214+00', NULL);
INSERT INTO public.client_secret VALUES
	('f314060c36a20d71b22f0f378201bc24e474e8e8432cad1389bd85ac2b356ef7', '01a2137c-bb22-72a6-8a23-50922dd9103f', '2026-11-25 16:14:31.206734+00', NULL),
	('728a73f8d2752bb22b1ff7df132435925a4def34523df4701646ef043269398f', '01a2137c-bb28-7096-b0bb-3cb6e28945eb', '2026-11-25 16:14:31.209857+00', NULL),
	('17e027d09cdaf70e87754f3346469a70bfbc19a9268cb5f933953821bd546f0d', '01a2137c-bb2b-758b-a941-c444f866289a', '2026-11-25 16:14:31.213431+00', NULL),
	('b39806cd1772466fbcef59f59325d2f5a5028a6ddfbd1191a1353c774a677267', '01a2137c-bb2e-70ed-a57e-1c30636042b8', '2026-11-25 16:14:31.215628+00', NULL),
	('244b8f20f1ff8149f3a2be5ecd8efb010fce3514c51d01c75253c7d0d764dcfb', '01a2137c-bcdc-723a-8098-d65e73f8f25a', '2026-11-25 16:14:31.645427+00', NULL);
INSERT INTO public.cursor VALUES
	('own facts, to endpoints', 20);
INSERT INTO public.fact OVERRIDING SYSTEM VALUE VALUES
	(1, 1, '2026-11-25 16:14:31.258322+00', 'cluster.formed', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', NULL, '271119ab34934615ab4e3f066ccbef03', '{"name": "Cluster 1", "country": "CZ", "approach": "bottom_up"}'),
	(2, 2, '2026-11-25 16:14:31.269969+00', 'school.registered', NULL, NULL, '76051f06015f45c793cfc479c49e5ab6', '{"name": "School 2", "town": "Praha", "country": "CZ", "school_id": "01a2137c-bb64-729f-bb57-c07ab7eaa3f3"}'),
	(3, 3, '2026-11-25 16:14:31.279785+00', 'membership.begun', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', NULL, '4c9e11f6cf984313a7c56b029a7576fc', '{"role": "mentor", "school_id": "01a2137c-bb64-729f-bb57-c07ab7eaa3f3", "membership_id": "01a2137c-bb6e-7244-a274-e806feec54c4"}'),
	(4, 4, '2026-11-25 16:14:31.285415+00', 'school.registered', NULL, NULL, '821b9bd7bc78475f9a02b8f4b3129fcc', '{"name": "School 3", "town": "Praha", "country": "CZ", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7"}'),
	(5, 5, '2026-11-25 16:14:31.289804+00', 'membership.begun', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', NULL, '597143b5361349c6bd91add4f3721b79', '{"role": "mentee", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7", "membership_id": "01a2137c-bb79-72d4-a1d9-78d61c434a13"}'),
	(6, 6, '2026-11-25 16:14:31.301159+00', 'person.registered', NULL, '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '7861553e8ae64bfdb68c41097563a5f6', '{"name": "Anna Nováková", "zone": "Europe/Prague", "language": "cs", "person_id": "01a2137c-bb82-74c9-bc4b-0a47fbfc2568"}'),
	(7, 7, '2026-11-25 16:14:31.303522+00', 'staff.began', NULL, NULL, '7861553e8ae64bfdb68c41097563a5f6', '{"role": "coordinator", "staff_id": "01a2137c-bb85-71f7-8a40-97ff4bbb513f", "person_id": "01a2137c-bb82-74c9-bc4b-0a47fbfc2568", "school_id": "01a2137c-bb64-729f-bb57-c07ab7eaa3f3"}'),
	(8, 8, '2026-11-25 16:14:31.323941+00', 'person.registered', NULL, '01a2137c-bb99-708a-adc2-b304ada985d7', '7220e74a8bc7428bbd14e763de12b0e1', '{"name": "Marie Malá", "zone": "Europe/Prague", "language": "en", "person_id": "01a2137c-bb99-708a-adc2-b304ada985d7"}'),
	(9, 9, '2026-11-25 16:14:31.327025+00', 'staff.began', NULL, NULL, '7220e74a8bc7428bbd14e763de12b0e1', '{"role": "teacher", "staff_id": "01a2137c-bb9c-7007-88ec-ae71f85ba933", "person_id": "01a2137c-bb99-708a-adc2-b304ada985d7", "school_id": "01a2137c-bb64-729f-bb57-c07ab7eaa3f3"}'),
	(10, 10, '2026-11-25 16:14:31.335938+00', 'person.registered', NULL, '01a2137c-bba6-71b7-bc45-35015bddfebc', 'b407e64402924e79a89ebd24e8e9d56f', '{"name": "Ben Hill", "zone": "Europe/Prague", "language": "en", "person_id": "01a2137c-bba6-71b7-bc45-35015bddfebc"}'),
	(11, 11, '2026-11-25 16:14:31.336955+00', 'staff.began', NULL, NULL, 'b407e64402924e79a89ebd24e8e9d56f', '{"role": "coordinator", "staff_id": "01a2137c-bba8-772d-9a58-e08a7a43c760", "person_id": "01a2137c-bba6-71b7-bc45-35015bddfebc", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7"}'),
	(12, 12, '2026-11-25 16:14:31.345064+00', 'person.registered', NULL, '01a2137c-bbb0-7649-83e4-b8affba9f705', '851b6b7248614a8eba21d3578e33dd4b', '{"name": "Hana Velká", "zone": "Europe/Prague", "language": "cs", "person_id": "01a2137c-bbb0-7649-83e4-b8affba9f705"}'),
	(13, 13, '2026-11-25 16:14:31.346016+00', 'staff.began', NULL, NULL, '851b6b7248614a8eba21d3578e33dd4b', '{"role": "head", "staff_id": "01a2137c-bbb1-70e5-863a-9db862906cb9", "person_id": "01a2137c-bbb0-7649-83e4-b8affba9f705", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7"}'),
	(14, 14, '2026-11-25 16:14:31.353893+00', 'person.registered', NULL, '01a2137c-bbb8-74d4-94b8-229887a8d969', '34502b60050b4592837f328a4fd34333', '{"name": "Cara Sykes", "zone": "Europe/Prague", "language": "en", "person_id": "01a2137c-bbb8-74d4-94b8-229887a8d969"}'),
	(15, 15, '2026-11-25 16:14:31.355019+00', 'staff.began', NULL, NULL, '34502b60050b4592837f328a4fd34333', '{"role": "teacher", "staff_id": "01a2137c-bbba-7737-9651-a1c3c348876b", "person_id": "01a2137c-bbb8-74d4-94b8-229887a8d969", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7"}'),
	(18, 18, '2026-11-25 16:14:31.476394+00', 'person.registered', NULL, '01a2137c-bc33-72f5-93f6-d33034a23205', '83b4687c8c3d4dfe857d159ef7f15257', '{"name": "Olga", "zone": "UTC", "language": "en", "person_id": "01a2137c-bc33-72f5-93f6-d33034a23205"}'),
	(19, 19, '2026-11-25 16:14:31.478829+00', 'office.given', NULL, NULL, '83b4687c8c3d4dfe857d159ef7f15257', '{"kind": "national_coordinator", "country": "CZ", "office_id": "01a2137c-bc34-76ad-86be-947553f6c492", "person_id": "01a2137c-bc33-72f5-93f6-d33034a23205"}'),
	(16, 16, '2026-11-25 16:14:31.362683+00', 'person.registered', NULL, '01a2137c-bbc1-7695-b112-befb1cf23b96', '79d035e5e3ea431f94671ed1eece450c', '{"name": "دان", "zone": "Europe/Prague", "language": "ar", "person_id": "01a2137c-bbc1-7695-b112-befb1cf23b96"}'),
	(17, 17, '2026-11-25 16:14:31.363599+00', 'staff.began', NULL, NULL, '79d035e5e3ea431f94671ed1eece450c', '{"role": "teacher", "staff_id": "01a2137c-bbc2-7329-a975-e405dc7b1275", "person_id": "01a2137c-bbc1-7695-b112-befb1cf23b96", "school_id": "01a2137c-bb74-77f0-85ea-07fa788abfd7"}'),
	(20, 20, '2026-11-25 16:14:31.965989+00', 'notice.told', NULL, NULL, 'fdb6662b33674db58639bdf1a2d42e7a', '{"person_id": "01a2137c-bbb8-74d4-94b8-229887a8d969"}');
INSERT INTO public.school VALUES
	('01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'School 2', 'Praha', '', 'CZ', '', 'Europe/Prague'),
	('01a2137c-bb74-77f0-85ea-07fa788abfd7', 'School 3', 'Praha', '', 'CZ', '', 'Europe/Prague');
INSERT INTO public.mail VALUES
	('01a2137c-bb87-74b5-8c82-ddeb0de220ca', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', 'invitation', '{}', NULL, '2026-11-25 16:14:31.30392+00', '2026-11-25 16:14:31.739711+00'),
	('01a2137c-bbc3-74af-8c4e-001ec0a88382', '01a2137c-bbc1-7695-b112-befb1cf23b96', 'invitation', '{}', NULL, '2026-11-25 16:14:31.363863+00', '2026-11-25 16:14:31.746332+00'),
	('01a2137c-bba9-7378-8cf2-5bb2fc91b6b6', '01a2137c-bba6-71b7-bc45-35015bddfebc', 'invitation', '{}', NULL, '2026-11-25 16:14:31.337249+00', '2026-11-25 16:14:31.746979+00'),
	('01a2137c-bbb2-720c-b37b-0c4931791bae', '01a2137c-bbb0-7649-83e4-b8affba9f705', 'invitation', '{}', NULL, '2026-11-25 16:14:31.346373+00', '2026-11-25 16:14:31.747791+00'),
	('01a2137c-bb9f-742e-aceb-bfdd57ff7f6c', '01a2137c-bb99-708a-adc2-b304ada985d7', 'invitation', '{}', NULL, '2026-11-25 16:14:31.327373+00', '2026-11-25 16:14:31.74815+00'),
	('01a2137c-bbbb-70ef-a4d0-cf46af71aa71', '01a2137c-bbb8-74d4-94b8-229887a8d969', 'invitation', '{}', NULL, '2026-11-25 16:14:31.355302+00', '2026-11-25 16:14:31.750622+00'),
	('01a2137c-be1e-71ca-b057-97a6a81cd714', '01a2137c-bbb8-74d4-94b8-229887a8d969', 'comment_posted', '{}', NULL, '2026-11-25 16:14:31.966478+00', '2026-11-25 16:14:32.277167+00'),
	('01a2137c-bdb9-7240-869c-51c22518b4db', '01a2137c-bbc1-7695-b112-befb1cf23b96', 'registration_waiting', '{}', NULL, '2026-11-25 16:14:31.865919+00', '2026-11-25 16:14:32.278511+00'),
	('01a2137c-bdad-766a-ab74-773448e76206', '01a2137c-bbb8-74d4-94b8-229887a8d969', 'registration_placed', '{}', NULL, '2026-11-25 16:14:31.85401+00', '2026-11-25 16:14:32.28097+00');
INSERT INTO public.mail_link VALUES
	('01a2137c-bb87-74b5-8c82-ddea49541f17', 'e17da89cfaf9516472626189d44bb25d399a9c3cdd4aa0891a040ba4de0648b1', 'person4@school.test', '2026-11-25 16:14:31.30379+00', '2026-12-09 16:14:31.303737+00', NULL),
	('01a2137c-bb9f-742e-aceb-bfdc3768436b', '97a58eeef5ed17023853ce9679953b3dfa51492948aff293673ad388c7e2a05a', 'person5@school.test', '2026-11-25 16:14:31.327289+00', '2026-12-09 16:14:31.327237+00', NULL),
	('01a2137c-bba9-7378-8cf2-5bb1bef39cbb', '7821ceb56be39cba6456c74bdd9ad13a08a0621d29316834ad6064c6085091c8', 'person6@school.test', '2026-11-25 16:14:31.337174+00', '2026-12-09 16:14:31.337132+00', NULL),
	('01a2137c-bbb2-720c-b37b-0c48930cf3e2', '018c3ce0200490d6e86e719bf47f1d54f303e00ef67d97ea7489433a0f2e5b68', 'person7@school.test', '2026-11-25 16:14:31.346294+00', '2026-12-09 16:14:31.346175+00', NULL),
	('01a2137c-bbbb-70ef-a4d0-cf45e25f0e74', '61e538d29391313f7b9f8a4a71cef1c23bbe6ffb5eb52d56d515e7b279979f0c', 'person8@school.test', '2026-11-25 16:14:31.355228+00', '2026-12-09 16:14:31.355186+00', NULL),
	('01a2137c-bbc3-74af-8c4e-001d34a558cf', '1b844438151092ac59f1ef1600623f7332d83c22219af3c7704177e5bacea3e8', 'person9@school.test', '2026-11-25 16:14:31.363792+00', '2026-12-09 16:14:31.363753+00', NULL);
INSERT INTO public.membership VALUES
	('01a2137c-bb6e-7244-a274-e806feec54c4', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'mentor', '2026-11-25 16:14:31.278311+00', NULL, NULL, NULL),
	('01a2137c-bb79-72d4-a1d9-78d61c434a13', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'mentee', '2026-11-25 16:14:31.289296+00', NULL, NULL, NULL);
INSERT INTO public.notice VALUES
	('01a2137c-be1e-71ca-b057-97a559bbfa86', '01a2137c-bbb8-74d4-94b8-229887a8d969', 'comment_posted', '{"as": "question", "by": "Ben Hill", "title": "Reading circle"}', '/entries/01a2137c-bcb8-7743-a483-46a0064275fe', 'comment:01a2137c-bcca-74b1-93ea-aceb4478fee8', 1, '2026-11-25 16:14:31.966372+00', NULL);
INSERT INTO public.office VALUES
	('01a2137c-bc34-76ad-86be-947553f6c492', '01a2137c-bc33-72f5-93f6-d33034a23205', 'national_coordinator', 'CZ', '2026-11-25 16:14:31.476651+00', NULL);
INSERT INTO public.staff VALUES
	('01a2137c-bb85-71f7-8a40-97ff4bbb513f', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'coordinator', '2026-11-25 16:14:31.301455+00', NULL, NULL),
	('01a2137c-bb9c-7007-88ec-ae71f85ba933', '01a2137c-bb99-708a-adc2-b304ada985d7', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'teacher', '2026-11-25 16:14:31.324208+00', NULL, NULL),
	('01a2137c-bba8-772d-9a58-e08a7a43c760', '01a2137c-bba6-71b7-bc45-35015bddfebc', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'coordinator', '2026-11-25 16:14:31.336155+00', NULL, NULL),
	('01a2137c-bbb1-70e5-863a-9db862906cb9', '01a2137c-bbb0-7649-83e4-b8affba9f705', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'head', '2026-11-25 16:14:31.345267+00', NULL, NULL),
	('01a2137c-bbba-7737-9651-a1c3c348876b', '01a2137c-bbb8-74d4-94b8-229887a8d969', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', '2026-11-25 16:14:31.354121+00', NULL, NULL),
	('01a2137c-bbc2-7329-a975-e405dc7b1275', '01a2137c-bbc1-7695-b112-befb1cf23b96', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', '2026-11-25 16:14:31.362876+00', NULL, NULL);
SELECT pg_catalog.setval('public.fact_place', 20, true);
SELECT pg_catalog.setval('public.fact_seq_seq', 20, true);
