INSERT INTO public.cluster VALUES
	('01a2137c-bb56-70de-a64e-6fbac23c1bc5', 'Cluster 1', 'CZ', 'bottom_up');
INSERT INTO public.entry VALUES
	('01a2137c-bcb8-7743-a483-46a0064275fe', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bbb8-74d4-94b8-229887a8d969', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'Reading circle', 'We **met**.', '<p>We <strong>met</strong>.</p>
', 'en', 'null', NULL, 1, '2026-11-25 16:14:31.608627+00', '2026-11-25 16:14:31.608637+00');
INSERT INTO public.comment VALUES
	('01a2137c-bcca-74b1-93ea-aceb4478fee8', '01a2137c-bcb8-7743-a483-46a0064275fe', NULL, '01a2137c-bba6-71b7-bc45-35015bddfebc', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'question', 'How long did it take?', 'en', '2026-11-25 16:14:31.626271+00');
INSERT INTO public.cursor VALUES
	('clusters', 19),
	('own facts, to endpoints', 3);
INSERT INTO public.fact OVERRIDING SYSTEM VALUE VALUES
	(1, 1, '2026-11-25 16:14:31.60879+00', 'entry.started', NULL, '01a2137c-bbb8-74d4-94b8-229887a8d969', '8bbf0e20ad234b64bf57f82c6a517aa8', '{"entry_id": "01a2137c-bcb8-7743-a483-46a0064275fe"}'),
	(2, 2, '2026-11-25 16:14:31.62118+00', 'entry.published', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bbb8-74d4-94b8-229887a8d969', '8e436c7a2c5e4cbb9cc68174da8abf91', '{"reach": "cluster", "title": "Reading circle", "entry_id": "01a2137c-bcb8-7743-a483-46a0064275fe"}'),
	(3, 3, '2026-11-25 16:14:31.626395+00', 'comment.posted', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bba6-71b7-bc45-35015bddfebc', '9bd5ffe7d3074b3c952c3995ed1a66c3', '{"kind": "question", "entry_id": "01a2137c-bcb8-7743-a483-46a0064275fe", "comment_id": "01a2137c-bcca-74b1-93ea-aceb4478fee8"}');
INSERT INTO public.membership VALUES
	('01a2137c-bb6e-7244-a274-e806feec54c4', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'mentor', NULL),
	('01a2137c-bb79-72d4-a1d9-78d61c434a13', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'mentee', NULL);
INSERT INTO public.office VALUES
	('01a2137c-bc34-76ad-86be-947553f6c492', '01a2137c-bc33-72f5-93f6-d33034a23205', 'national_coordinator', 'CZ', NULL);
INSERT INTO public.person VALUES
	('01a2137c-bb82-74c9-bc4b-0a47fbfc2568', 'Anna Nováková', 'cs', 'Europe/Prague'),
	('01a2137c-bb99-708a-adc2-b304ada985d7', 'Marie Malá', 'en', 'Europe/Prague'),
	('01a2137c-bba6-71b7-bc45-35015bddfebc', 'Ben Hill', 'en', 'Europe/Prague'),
	('01a2137c-bbb0-7649-83e4-b8affba9f705', 'Hana Velká', 'cs', 'Europe/Prague'),
	('01a2137c-bbb8-74d4-94b8-229887a8d969', 'Cara Sykes', 'en', 'Europe/Prague'),
	('01a2137c-bbc1-7695-b112-befb1cf23b96', 'دان', 'ar', 'Europe/Prague'),
	('01a2137c-bc33-72f5-93f6-d33034a23205', 'Olga', 'en', 'UTC');
INSERT INTO public.publication VALUES
	('01a2137c-bcc5-7217-8ac8-b8d991fa2caa', '01a2137c-bcb8-7743-a483-46a0064275fe', 'cluster', '2026-11-25 16:14:31.621064+00', '01a2137c-bbb8-74d4-94b8-229887a8d969', NULL, NULL);
INSERT INTO public.school VALUES
	('01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'School 2', 'Praha', 'CZ'),
	('01a2137c-bb74-77f0-85ea-07fa788abfd7', 'School 3', 'Praha', 'CZ');
INSERT INTO public.staff VALUES
	('01a2137c-bb85-71f7-8a40-97ff4bbb513f', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'coordinator', NULL),
	('01a2137c-bb9c-7007-88ec-ae71f85ba933', '01a2137c-bb99-708a-adc2-b304ada985d7', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'teacher', NULL),
	('01a2137c-bba8-772d-9a58-e08a7a43c760', '01a2137c-bba6-71b7-bc45-35015bddfebc', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'coordinator', NULL),
	('01a2137c-bbb1-70e5-863a-9db862906cb9', '01a2137c-bbb0-7649-83e4-b8affba9f705', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'head', NULL),
	('01a2137c-bbba-7737-9651-a1c3c348876b', '01a2137c-bbb8-74d4-94b8-229887a8d969', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', NULL),
	('01a2137c-bbc2-7329-a975-e405dc7b1275', '01a2137c-bbc1-7695-b112-befb1cf23b96', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', NULL);
SELECT pg_catalog.setval('public.fact_place', 3, true);
SELECT pg_catalog.setval('public.fact_seq_seq', 3, true);
