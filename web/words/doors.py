"""Coming in: links, passwords, invitations, programs."""

from kit.marking import N_

FIELDS = {
    "mail_not_ascii": N_("Before the @ there may be only letters without accents: many mail servers take no others."),
    "mail_yours": N_("This address is yours already."),
    "mail_of_school": N_("This is an address of another school: %(school)s."),
    "country_mismatch": N_("A national coordinator has a country, a programme coordinator has none."),
    "password_wrong": N_("This is not your password."),
    "password_guessable": N_("Others would soon guess this. Take four words that do not belong together."),
    "code_wrong": N_(
        "This code is not right, or was used already. Wait for the next one, or take another of your recovery codes."
    ),
    "role_not_yours": N_("This role is given inside the school, by its coordinators or its head."),
    "nobody_pasted": N_("There is no mail address in this text."),
    "too_many_pasted": N_("These are more than two hundred: send them in parts."),
    "way_in_missing": N_("Give your address and your password."),
}
ON_THE_WALL = N_("Come into our staff room: scan the picture, or open %(address)s and type the code.")
PROBLEMS = {
    "code-unknown": N_("No school has this code. Look whether it is typed as it stands there."),
    "too-many-codes": N_("Too many codes that no school has came from here. Wait a quarter of an hour."),
    "code-ended": N_("This code lets nobody in any more. Ask at your school for a new one."),
    "already-invited": N_("This person is invited already: send the invitation again, or withdraw it."),
    "nobody-to-confirm": N_("This school has no coordinator yet: the national coordinator names the first."),
    "sent-already": N_("It was sent a moment ago, or ten times already: give it some time."),
    "not-sent-yet": N_("The school has not said yes to this invitation."),
    "invitation-expired": N_("This invitation has run out. Ask who invited you to send it again."),
    "led-meanwhile": N_("The school has a coordinator meanwhile, who gives its roles now."),
    "too-many-clients": N_("This cluster has let in as many programs as it can: shut one out first."),
    "link-unknown": N_("This link is not one of ours. Ask for a new one; it takes a minute."),
    "link-used": N_("This link was used already. Ask for a new one; it takes a minute."),
    "link-expired": N_("This link is too old. Ask for a new one; it takes a minute."),
    "came-by-no-link": N_("Sign out and come in by a link by mail first; within an hour after that you can do this."),
    "password-wrong": N_("This address and this password do not belong together. A link by mail always works."),
    "provider-unknown": N_("This house knows no such account. Use another way in."),
    "provider-away": N_("That provider does not answer as it should just now. Use a link by mail, or try again later."),
    "provider-refused": N_("That provider did not let you in. Try again there, or use a link by mail."),
    "answer-unexpected": N_("This was begun in another browser, used already, or took too long. Begin again."),
    "answer-invalid": N_(
        "What that provider says of you does not hold. Use a link by mail, and tell who runs this house."
    ),
    "identity-unknown": N_(
        "This account lets nobody in here yet. Sign in by a link to your school mail, then connect the account under "
        "“About me”. If no link comes, ask at your school to be invited."
    ),
    "account-of-no-staff": N_(
        "This account does not say that you work at a school, so it lets nobody in here. If you do, ask there to be "
        "invited."
    ),
    "school-of-account-unknown": N_(
        "This house does not know the school that this account names. Ask at your school to be invited, or for "
        "its code."
    ),
    "several-schools-of-account": N_(
        "This account names more than one school. Ask at the one where you work to be invited, or for its code."
    ),
    "introduction-ended": N_("This was done already, or took too long. Sign in with the account again."),
    "identity-taken": N_(
        "This account lets somebody else in here. Sign in with it, and disconnect it under “About me” first."
    ),
    "signed-out": N_("This browser is not signed in any more. Sign in again."),
    "came-long-ago": N_(
        "Sign out and come in again first, but not by a picture that another device shows; "
        "within an hour after that you can do this."
    ),
    "passkey-first": N_("You have a passkey: sign out, and come in with it first. It is two steps in one."),
    "factor-there": N_("There is a second step already. Remove it first."),
    "no-factor": N_("There is no second step to be removed."),
    "passkey-unexpected": N_("This was used already, or took too long. Begin again."),
    "passkey-unknown": N_(
        "This passkey lets nobody in here: it may have been removed. Use another way in, and delete it in your device."
    ),
    "passkey-invalid": N_("What this passkey says does not hold. Use another way in."),
    "passkey-known": N_("This passkey lets somebody in here already."),
    "too-many-passkeys": N_("Twenty passkeys are enough. Remove one first."),
    "too-many-addresses": N_("Five addresses are enough. Remove one first."),
    "too-many-letters": N_("So many mails were asked for that no more go out today. Try again tomorrow."),
    "no-address-waits": N_("No address waits to be confirmed any more. Add it again."),
    "address-link-ended": N_(
        "This link works no more: it was used already, is older than an hour, or another mail was sent after it. "
        "Under “About me” you can have a new one sent."
    ),
    "address-taken": N_("This address is somebody’s here meanwhile. Sign in with a link to it."),
    "last-address": N_("This is your only address. Add another first."),
    "letters-go-there": N_("Your mails go to this address. Have them sent to another one first."),
    "too-many-wrong-codes": N_(
        "Too many wrong codes were typed. Use one of your recovery codes, come in with a passkey or in a browser that "
        "you used before, or wait a quarter of an hour."
    ),
    "codes-shut": N_(
        "So many wrong codes were typed that a code of the app is taken only in a browser that you used before. Use "
        "one of your recovery codes, or come in with a passkey."
    ),
    "too-many-answers": N_("Too many wrong answers came from here. Use a link by mail, or wait a quarter of an hour."),
    "too-many-begun": N_(
        "Too many sign-ins were begun from here and not finished. Use a link by mail, or wait ten minutes."
    ),
    "too-many-tries": N_("Too many tries for this address. Use a link by mail, or wait a quarter of an hour."),
    "secret-told": N_("This was done already, and the secret was shown once. Make a new secret for the program."),
}
DONE = {
    "signed_in": N_("You are signed in."),
    "signed_out": N_("You are signed out. Nothing of yours is kept on this device."),
    "guide_put_away": N_("The list is put away."),
    "archive_asked": N_("Your archive is asked for."),
    "left_for_good": N_("You have left. Within a minute nothing here says who you were."),
    "code_made": N_("The code is there: print this page, and hang it up."),
    "welcome_kept": N_("It is kept."),
    "came_by_code": N_("Thank you. A mail to you is on its way."),
    "came_and_waits": N_("Thank you. Who leads the school is asked now; once they say yes, a mail comes to you."),
    "code_ended": N_("The code is switched off."),
    "device_link_shown": N_("The link is there for ten minutes."),
    "identity_begun": N_("Go on to where your account is: you come back here by yourself."),
    "identity_connected": N_("The account is connected: it lets you in from now on."),
    "identity_disconnected": N_("The account is disconnected: it lets nobody in here any more."),
    "second_step_begun": N_("The key is there: read it with your app, and type its code."),
    "second_step_set_up": N_("The second step is switched on. A mail tells you so."),
    "second_step_there": N_("Your second step is set up. Its recovery codes were shown once, and are not shown again."),
    "second_step_removed": N_("The second step is removed. A mail tells you so."),
    "address_asked": N_("A mail is on its way there. Nothing changes until you open its link."),
    "address_asked_again": N_("Another mail is on its way there. The link before works no more."),
    "address_dropped": N_("That address waits no more."),
    "address_confirmed": N_("The address is yours now: it lets you in. A mail tells you so."),
    "address_chosen": N_("Your mails go to this address from now on. A last one to the address before says so."),
    "address_removed": N_("The address is removed: nobody comes in by it any more."),
    "passkey_added": N_("The passkey is there: it lets you in from now on. A mail tells you so."),
    "passkey_removed": N_("The passkey is removed: it lets nobody in here any more."),
    "session_ended": N_("That browser is signed out."),
    "sessions_ended": N_("You are signed out everywhere but here."),
    "link_not_needed": N_("This link lets nobody in any more, but you are signed in here."),
    "password_set": N_("The password is set. A mail tells you so."),
    "invited": N_("The invitation is on its way."),
    "several_invited": N_("The invitations are on their way."),
    "several_proposed": N_("The school is asked first; the invitations go out once it says yes."),
    "invitation_proposed": N_("The school is asked first; the invitation goes out once it says yes."),
    "invitation_withdrawn": N_("The invitation is withdrawn."),
    "invitation_accepted": N_("You belong here now."),
    "invitation_declined": N_("You said no; nobody asks again with this invitation."),
    "invitation_confirmed": N_("The invitation is on its way to them; they belong to your school once they say yes."),
    "program_let_in": N_("The program is let in. Its secret is shown this once."),
    "secret_made": N_("The program has a new secret, shown this once. The one before works for a day more."),
    "program_shut_out": N_("The program is shut out."),
}
WRITINGS = {
    "stay": N_("stays, without your name"),
    "go": N_("goes: entries with their pictures, and comments"),
}
# By what somebody came in.
DOORS = {
    "link": N_("by a link"),
    "device": N_("by a picture of another device"),
    "password": N_("by password"),
    "provider": N_("by an account elsewhere"),
    "passkey": N_("by a passkey"),
}
GUIDE_STEPS = {
    "come_in": N_("Come in"),
    "set_up_programme": N_("Say what the programme is"),
    "name_national": N_("Name the first national coordinator"),
    "form_cluster": N_("Form the first cluster"),
    "bring_schools": N_("Bring in the schools of your country"),
    "describe_school": N_("Say how large your school is"),
    "bring_colleagues": N_("Bring in your colleagues"),
    "plan_meeting": N_("Plan a first meeting"),
    "write_entry": N_("Write the first sentences in the diary"),
    "choose_hearing": N_("Choose what you hear of, and when"),
    "register": N_("Come to a meeting"),
    "answer": N_("Answer a colleague, or write yourself"),
}
GUIDE_WHY = {
    "come_in": N_("Your name and your language are right."),
    "set_up_programme": N_("Its year, its phases, its countries, and the licence of its reports."),
    "name_national": N_("They bring in the schools of their country; you need not know any school yourself."),
    "form_cluster": N_("One mentor school and those that it looks after; each school says yes for itself."),
    "bring_schools": N_(
        "The list of your register will do. It is tried out first, and changes nothing until you say so."
    ),
    "describe_school": N_("Students and teachers of this year, for the table of the cluster."),
    "bring_colleagues": N_("Paste their addresses, or hang a code on the wall of the staff room."),
    "plan_meeting": N_("In one room, before anything online."),
    "write_entry": N_("Two sentences are enough."),
    "choose_hearing": N_("By mail at once, in one mail a day or a week, or here alone."),
    "register": N_("One click, and your calendar has it."),
    "answer": N_("Two sentences are enough."),
}
INVITATIONS = {
    "proposed": N_("waiting for the school’s yes"),
    "sent": N_("invited, not answered"),
    "expired": N_("not answered, run out"),
    "accepted": N_("joined"),
    "declined": N_("said no"),
    "withdrawn": N_("withdrawn"),
}
BECOMES = {
    "invited": N_("gets a mail"),
    "proposed": N_("the school is asked first"),
    "works_here": N_("works there already"),
    "invited_already": N_("is invited already"),
    "sent_already": N_("was asked ten times lately: give it some time"),
    "elsewhere": N_("has an address of another school"),
}
SCOPES = {
    "act_for_people": N_("act for people of the cluster, as far as they may"),
    "webhooks": N_("hear what happens in the cluster"),
}
TABLES = {
    "door": DOORS,
    "invitation": INVITATIONS,
    "becomes": BECOMES,
    "scope": SCOPES,
    "writings": WRITINGS,
    "guide_step": GUIDE_STEPS,
    "guide_why": GUIDE_WHY,
}
