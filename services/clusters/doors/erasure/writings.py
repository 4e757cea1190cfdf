"""How what somebody wrote goes, where they want that: statements about one person."""

# Who asked is not there to read an answer.
ASKED = """
update help_request set due_at = null, settled_at = now() where asked_by = $1 and settled_at is null
"""
WRITINGS = (
    """
update notice set params = params || '{"title": ""}'
where path in (select '/help/' || id from help_request where asked_by = $1)
""",
    """
delete from mail
where sent_at is null and params ->> 'path' in (select '/help/' || id from help_request where asked_by = $1)
""",
    "update help_request set about = '', text = '' where asked_by = $1",
    "update help_answer set text = '' where written_by = $1",
    """
update proposal set state = 'taken_back', ended_at = now(), running_until = null
where proposed_by = $1 and state = 'open'
""",
    """
update notice set params = params || '{"title": ""}' where path in (
  select '/proposals/' || id from proposal where proposed_by = $1 and state in ('not_decided', 'taken_back'))
""",
    """
delete from mail where sent_at is null and params ->> 'path' in (
  select '/proposals/' || id from proposal where proposed_by = $1
  union select '/proposals/' || proposal_id from voice where person_id = $1
  union select '/proposals/' || voice.proposal_id from voice_answer join voice on voice.id = voice_answer.voice_id
    where written_by = $1)
""",
    """
update proposal set title = '', text = '', options = case matter when 'agreement' then '[]' else options end,
  details = case matter when 'plan' then '{}' else details end
where proposed_by = $1 and state in ('not_decided', 'taken_back')
""",
    "update voice set reason = '' where person_id = $1",
    "update voice_answer set text = '' where written_by = $1",
    "update plan_answer set word = '' where written_by = $1",
)
