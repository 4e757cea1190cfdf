INSERT INTO public.event VALUES
	('01a2137c-bc63-732c-9d0e-12eca5819919', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', 'Writing together', '', 'workshop', 'Europe/Prague', '2026-12-02 16:14:31+00', '2026-12-02 17:14:31+00', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 1, 0, '2026-11-25 16:14:31.523109+00', 'cs');
INSERT INTO public.cluster VALUES
	('01a2137c-bb56-70de-a64e-6fbac23c1bc5', 'Cluster 1', 'CZ', 'bottom_up');
INSERT INTO public.cursor VALUES
	('clusters', 19),
	('own facts, to endpoints', 3);
INSERT INTO public.fact OVERRIDING SYSTEM VALUE VALUES
	(1, 1, '2026-11-25 16:14:31.525857+00', 'event.announced', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '7722ec3304484f5084328862885b11ea', '{"zone": "Europe/Prague", "title": "Writing together", "format": "workshop", "ends_at": "2026-12-02 17:14:31+00:00", "event_id": "01a2137c-bc63-732c-9d0e-12eca5819919", "starts_at": "2026-12-02 16:14:31+00:00"}'),
	(2, 2, '2026-11-25 16:14:31.572046+00', 'registration.placed', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bbb8-74d4-94b8-229887a8d969', '89f5f3c2d2dc41aabdb3fb92be1e3b1e', '{"event_id": "01a2137c-bc63-732c-9d0e-12eca5819919", "place_id": "01a2137c-bc65-75d8-8543-d4701f766ef2", "person_id": "01a2137c-bbb8-74d4-94b8-229887a8d969", "registration_id": "01a2137c-bc8f-700f-9fbc-8a0176c220ae"}'),
	(3, 3, '2026-11-25 16:14:31.591067+00', 'registration.waiting', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bbc1-7695-b112-befb1cf23b96', '6ad75356f55a45e69b58d69f20b5fc84', '{"event_id": "01a2137c-bc63-732c-9d0e-12eca5819919", "place_id": "01a2137c-bc65-75d8-8543-d4701f766ef2", "person_id": "01a2137c-bbc1-7695-b112-befb1cf23b96", "registration_id": "01a2137c-bca5-7436-9954-f645012dad93"}');
INSERT INTO public.membership VALUES
	('01a2137c-bb6e-7244-a274-e806feec54c4', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'mentor', NULL),
	('01a2137c-bb79-72d4-a1d9-78d61c434a13', '01a2137c-bb56-70de-a64e-6fbac23c1bc5', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'mentee', NULL);
INSERT INTO public.office VALUES
	('01a2137c-bc34-76ad-86be-947553f6c492', '01a2137c-bc33-72f5-93f6-d33034a23205', 'national_coordinator', 'CZ', NULL);
INSERT INTO public.online_room VALUES
	('01a2137c-bc65-75d8-8543-d471bc07b930', '01a2137c-bc63-732c-9d0e-12eca5819919', 'https://meet.test/room', NULL, NULL);
INSERT INTO public.person VALUES
	('01a2137c-bb82-74c9-bc4b-0a47fbfc2568', 'Anna Nováková', 'cs', 'Europe/Prague'),
	('01a2137c-bb99-708a-adc2-b304ada985d7', 'Marie Malá', 'en', 'Europe/Prague'),
	('01a2137c-bba6-71b7-bc45-35015bddfebc', 'Ben Hill', 'en', 'Europe/Prague'),
	('01a2137c-bbb0-7649-83e4-b8affba9f705', 'Hana Velká', 'cs', 'Europe/Prague'),
	('01a2137c-bbb8-74d4-94b8-229887a8d969', 'Cara Sykes', 'en', 'Europe/Prague'),
	('01a2137c-bbc1-7695-b112-befb1cf23b96', 'دان', 'ar', 'Europe/Prague'),
	('01a2137c-bc33-72f5-93f6-d33034a23205', 'Olga', 'en', 'UTC');
INSERT INTO public.registration VALUES
	('01a2137c-bc8f-700f-9fbc-8a0176c220ae', '01a2137c-bc63-732c-9d0e-12eca5819919', '01a2137c-bbb8-74d4-94b8-229887a8d969', '01a2137c-bb74-77f0-85ea-07fa788abfd7', '2026-11-25 16:14:31.567304+00', '01a2137c-bbb8-74d4-94b8-229887a8d969', NULL, NULL),
	('01a2137c-bca5-7436-9954-f645012dad93', '01a2137c-bc63-732c-9d0e-12eca5819919', '01a2137c-bbc1-7695-b112-befb1cf23b96', '01a2137c-bb74-77f0-85ea-07fa788abfd7', '2026-11-25 16:14:31.589206+00', '01a2137c-bbc1-7695-b112-befb1cf23b96', NULL, NULL);
INSERT INTO public.placement VALUES
	('01a2137c-bc93-72b6-aa53-d832c05995cd', '01a2137c-bc8f-700f-9fbc-8a0176c220ae', '01a2137c-bc65-75d8-8543-d4701f766ef2', '2026-11-25 16:14:31.571917+00', NULL);
INSERT INTO public.school VALUES
	('01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'School 2', 'Praha', 'CZ'),
	('01a2137c-bb74-77f0-85ea-07fa788abfd7', 'School 3', 'Praha', 'CZ');
INSERT INTO public.site VALUES
	('01a2137c-bc65-75d8-8543-d4701f766ef2', '01a2137c-bc63-732c-9d0e-12eca5819919', 'Site 0', 'Street 1', NULL, 1, 0, NULL);
INSERT INTO public.staff VALUES
	('01a2137c-bb85-71f7-8a40-97ff4bbb513f', '01a2137c-bb82-74c9-bc4b-0a47fbfc2568', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'coordinator', NULL),
	('01a2137c-bb9c-7007-88ec-ae71f85ba933', '01a2137c-bb99-708a-adc2-b304ada985d7', '01a2137c-bb64-729f-bb57-c07ab7eaa3f3', 'teacher', NULL),
	('01a2137c-bba8-772d-9a58-e08a7a43c760', '01a2137c-bba6-71b7-bc45-35015bddfebc', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'coordinator', NULL),
	('01a2137c-bbb1-70e5-863a-9db862906cb9', '01a2137c-bbb0-7649-83e4-b8affba9f705', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'head', NULL),
	('01a2137c-bbba-7737-9651-a1c3c348876b', '01a2137c-bbb8-74d4-94b8-229887a8d969', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', NULL),
	('01a2137c-bbc2-7329-a975-e405dc7b1275', '01a2137c-bbc1-7695-b112-befb1cf23b96', '01a2137c-bb74-77f0-85ea-07fa788abfd7', 'teacher', NULL);
INSERT INTO public.wait VALUES
	('01a2137c-bca6-70fd-a7e1-b03aefb080c5', '01a2137c-bca5-7436-9954-f645012dad93', '01a2137c-bc65-75d8-8543-d4701f766ef2', 1, '2026-11-25 16:14:31.590958+00', NULL);
SELECT pg_catalog.setval('public.fact_place', 3, true);
SELECT pg_catalog.setval('public.fact_seq_seq', 3, true);
