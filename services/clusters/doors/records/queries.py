"""All that this service keeps about a person, as they may take it away: secrets and digests of them stay."""

SECTIONS = {
    "person": """select id, name, title_before, title_after, language, zone, registered_at from person
        where id = $1""",
    "card": """select subjects, languages, shows, subjects_for, shows_for, portrait_for from card
        where person_id = $1""",
    "portrait": """select added_at, 'image/webp' as media_type, encode(large, 'base64') as content from portrait
        where person_id = $1""",
    "address": "select mail, added_at, verified_at, chosen_at from address where person_id = $1 order by mail",
    "waiting_address": "select mail, asked_at, sent_at from waiting_address where person_id = $1",
    "password": "select set_at from password where person_id = $1",
    "identity": "select issuer, subject, connected_at from identity where person_id = $1 order by connected_at desc",
    "disconnection": """select issuer, disconnected_at from disconnection where person_id = $1
        order by disconnected_at desc""",
    "authentication_request": """select provider, ends_at from authentication_request where person_id = $1
        order by ends_at desc""",
    "passkey": "select name, added_at, used_at from passkey where person_id = $1 order by added_at desc",
    "passkey_challenge": "select ends_at from passkey_challenge where person_id = $1 order by ends_at desc",
    "second_factor": "select begun_at, confirmed_at from second_factor where person_id = $1",
    "recovery_code": "select 'kept as a digest' as code from recovery_code where person_id = $1 order by digest",
    "session": """select began_at, used_at, ended_at, by_link, door, proven_at, browser, system from session
        where person_id = $1 order by began_at desc""",
    "known_device": "select known_at from known_device where person_id = $1 order by known_at desc",
    "mail_link": """select mail, asked_at, ends_at, used_at, is_shown from mail_link
        where mail in (select mail from address where person_id = $1) order by asked_at desc""",
    "link_request": """select mail, asked_at, answered_at from link_request
        where mail in (select mail from address where person_id = $1) order by asked_at desc""",
    "staff": """select school.name as school, staff.role, staff.began_at, staff.ended_at
        from staff join school on school.id = staff.school_id where staff.person_id = $1
        order by staff.began_at desc""",
    "office": "select kind, country, began_at, ended_at from office where person_id = $1 order by began_at desc",
    "invitation": """select mail, school.name as school, role, office, invitation.country, invited_at, sent_at, ends_at,
          answer, answered_at, by_account, account_name, mail_typed
        from invitation left join school on school.id = invitation.school_id
        where person_id = $1 order by invitation.id desc""",
    "newcomer": """select name, mail, language, asked_at, by_account, account_name, mail_typed from newcomer
        where mail in (select mail from address where person_id = $1) order by asked_at desc""",
    "introduction": """select name, mail, provider, ends_at from introduction
        where mail in (select mail from address where person_id = $1) order by ends_at desc""",
    # Without the rows of others in the same list, and of who had an address before them: they added it by a letter,
    # which confirms it at that moment.
    "import_line": """select import.made_at, import_line.mail, import_line.said ->> 0 as name, import_line.outcome
        from import_line join import on import.id = import_line.import_id
        join address on address.mail = import_line.mail and address.person_id = $1
        where address.verified_at is distinct from address.added_at or import.made_at >= address.added_at
        order by import.made_at desc""",
    "help_request": """select cluster.name as cluster, about, text, asked_at, answered_at, settled_at
        from help_request join cluster on cluster.id = help_request.cluster_id
        where asked_by = $1 order by help_request.id desc""",
    "help_answer": """select help_request.about, help_answer.text, help_answer.office, help_answer.written_at
        from help_answer join help_request on help_request.id = help_answer.request_id
        where written_by = $1 order by help_answer.id desc""",
    "todo": """select country, title, text, due, changed_at from todo where added_by = $1 or changed_by = $1
        order by id desc""",
    "nudge_rest": """select cluster.name as cluster, school.name as school, until from nudge_rest rest
        join cluster on cluster.id = rest.cluster_id left join school on school.id = rest.school_id
        where person_id = $1 order by until desc""",
    "support": "select country, light_touch_from, on_request_from, changed_at from support where changed_by = $1",
    "development_plan": """select school.name as school, text, link, since, changed_at
        from development_plan join school on school.id = development_plan.school_id where changed_by = $1
          and since is not null order by changed_at desc""",
    "calendar_feed": "select made_at from calendar_feed where person_id = $1",
    "proposal": """select cluster.name as cluster, proposal.title, proposal.text, proposal.proposed_at
        from proposal join cluster on cluster.id = proposal.cluster_id
        where proposed_by = $1 order by proposal.id desc""",
    "voice": """select proposal.title as proposal, voice.says, voice.reason, voice.dots, voice.given_at,
          voice.changed_at
        from voice join proposal on proposal.id = voice.proposal_id
        where person_id = $1 order by voice.id desc""",
    "voice_answer": """select proposal.title as proposal, voice_answer.text, voice_answer.written_at
        from voice_answer join voice on voice.id = voice_answer.voice_id
        join proposal on proposal.id = voice.proposal_id
        where written_by = $1 order by voice_answer.id desc""",
    "plan_answer": """select cluster.name as cluster, plan.year, plan_answer.approved, plan_answer.word,
          plan_answer.written_at
        from plan_answer join plan on plan.id = plan_answer.plan_id join cluster on cluster.id = plan.cluster_id
        where written_by = $1 order by plan_answer.id desc""",
    # What stands in a plan is its cluster's; here is what they wrote last.
    "plan_part": """select cluster.name as cluster, plan.year, part.kind, part.title, part.text, part.changed_at
        from plan_part part join plan on plan.id = part.plan_id join cluster on cluster.id = plan.cluster_id
        where part.changed_by = $1 order by part.id desc""",
    "preference": "select kind, way from preference where person_id = $1 order by kind",
    "hearing": "select every, weekday, hour, without_content from hearing where person_id = $1",
    "digest_due": "select due_at from digest_due where person_id = $1",
    # Without the names of others; `NAMES` of the kinds.
    "notice": """select kind, params - '{by,name_invited}'::text[] as params, path, told_at, seen_at from notice
        where person_id = $1 order by id desc""",
    "digest_item": "select notice_id from digest_item where person_id = $1 order by notice_id desc",
    "unreached": "select reason, since from unreached where person_id = $1",
    # Without the letters to an address that waits: who gets them says whether somebody has it.
    "mail": """select kind, address, queued_at, sent_at from mail
        where person_id = $1 and kind not in ('address_confirmation', 'address_wanted') order by queued_at desc""",
}
