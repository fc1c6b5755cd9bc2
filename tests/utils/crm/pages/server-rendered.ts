/** Pages as CRMs of several families build them. The markup is ours; the manner is theirs. */

/** A detail view in a table of four columns: label, value, label, value. */
export const DETAIL_TABLE = `<!doctype html><title>Contacts</title><body>
<div id="header"><div id="globalLinks">Logged in as <a href="/me">Mo Owner</a> | <a href="/logout">Log out</a></div></div>
<h2>Anna Berg</h2>
<table class="detail view"><tbody>
<tr><td scope="col">Name:</td><td class="tabDetailViewDF"><span id="full_name">Ms. Anna Berg</span></td>
    <td scope="col">Office Phone:</td><td>+49 731 5550</td></tr>
<tr><td scope="col">Department:</td><td>Purchasing</td>
    <td scope="col">Account Name:</td><td><a href="/accounts/1">Timber &amp; Sons GmbH</a></td></tr>
<tr><td scope="col">Email Address:</td><td><a href="javascript:void(0)" onclick="compose()">a.berg@timber.example</a> (Primary)</td>
    <td scope="col">Status:</td><td>Active</td></tr>
</tbody></table>
<div id="footer">© 2026 Fields Inc. <a href="mailto:support@fields-crm.example">Support</a></div></body>`;

/** A list view: rows with a checkbox, name, title, account, address, owner. */
export const LIST_TABLE = `<!doctype html><title>Contacts</title><body>
<table class="list view"><thead><tr><th><input type="checkbox"></th><th>Name</th><th>Job Title</th><th>Account Name</th><th>Email</th><th>Assigned to</th></tr></thead><tbody>
<tr class="oddListRow"><td><input type="checkbox"></td><td><b><a href="/c/1">Anna Berg</a></b></td><td>Sales Director</td><td><a href="/a/1">Timber &amp; Sons</a></td><td><a href="mailto:ab@timber.example">ab@timber.example</a></td><td>Mo Owner</td></tr>
<tr class="evenListRow"><td><input type="checkbox"></td><td><b><a href="/c/2">Jörg Müller</a></b></td><td>Head Gardener</td><td><a href="/a/2">Hedges Ltd</a></td><td><a href="mailto:jmueller@hedges.example">jmueller@hedges.example</a></td><td>Mo Owner</td></tr>
<tr class="oddListRow"><td><input type="checkbox"></td><td><b><a href="/c/3">王小明</a></b></td><td>Buyer</td><td></td><td>xm.wang@gates.example</td><td>Mo Owner</td></tr>
<tr class="evenListRow"><td><input type="checkbox"></td><td><b><a href="/c/4">Nobody Here</a></b></td><td></td><td></td><td></td><td>Mo Owner</td></tr>
</tbody></table></body>`;

/** A sidebar of properties, each a label over a value, all of them anonymous divs. */
export const PROPERTY_SIDEBAR = `<!doctype html><title>Siobhán O’Neill</title><body>
<nav><div class="x1"><span>mo@our-company.example</span></div></nav>
<div class="k9"><div class="k10"><div class="avatar">SO</div><h2 class="k11"><span>Siobhán O’Neill</span></h2><div class="k12">Works manager at Wire &amp; Co</div>
<div class="k13"><a href="mailto:siobhan.oneill@wire.example"><span>siobhan.oneill@wire.example</span></a><button aria-label="Copy email">⧉</button></div></div>
<div class="k20"><div class="k21"><label class="k22"><span>Email</span></label><div class="k23"><span>siobhan.oneill@wire.example</span></div></div>
<div class="k21"><label class="k22"><span>Phone number</span></label><div class="k23"><span>+353 21 555</span></div></div>
<div class="k21"><label class="k22"><span>Lifecycle stage</span></label><div class="k23"><span>Opportunity</span></div></div></div></div>
<div class="timeline"><div class="event"><span>Email from Mo Owner</span><span>to pat@other.example</span></div>
<div class="event"><span>Note by Mo Owner: her deputy is Pat Lund &lt;pat.lund@wire.example&gt;</span></div></div></body>`;

/** A deal with people as chips: initials with a tooltip, and an address cut off on the screen. */
export const DEAL_CHIPS = `<!doctype html><title>Deal: new pasture fence</title><body><h1>New pasture fence</h1>
<section class="people"><h3>People</h3>
<div class="person"><div class="initials" title="María García">MG</div><div><a href="/person/3">María García</a><div class="mail"><span title="maria.garcia@meadow.example">maria.garcia@mea…</span></div></div></div>
<div class="person"><div class="initials" title="Chen Li">CL</div><div><a href="/person/4">Chen Li</a><div class="mail"><span title="office@meadow.example">office@mead…</span></div></div></div>
</section></body>`;

/** A form in edit mode, with fields named by label, aria-label, placeholder and name. */
export const EDIT_FORM = `<!doctype html><title>Edit contact</title><body><h1>Edit contact</h1>
<form><label for="f1">First Name</label><input id="f1" value="Ivana"><label for="f2">Last Name</label><input id="f2" value="Petrova">
<label>Company <input name="company" value="Iron Works s.r.o."></label>
<div><span id="lbl">E-mail</span><input aria-labelledby="lbl" value="ivana@iron.example"></div>
<input placeholder="Billing e-mail" value="invoices@iron.example">
<input type="hidden" name="owner_email" value="hidden@our-company.example">
<input type="password" value="secret@password.example"><textarea name="notes">Call first, or write to petr@iron.example.</textarea></form></body>`;

/** A record in a form view as an ERP draws it: a sheet with a title and groups of labelled fields. */
export const SHEET = `<!doctype html><title>Ghent Gates - Contacts</title><body><header class="o_navbar"><span class="user">Mo Owner</span></header>
<div class="o_form_sheet"><div class="oe_title"><h1><div name="name"><span>Noor Haddad</span></div></h1></div>
<div class="o_group"><div class="o_cell"><label class="o_form_label" for="phone_0">Phone</label></div><div class="o_cell"><div name="phone"><a href="tel:+3295550">+32 9 5550</a></div></div>
<div class="o_cell"><label class="o_form_label" for="email_0">Email</label></div><div class="o_cell"><div name="email" class="o_field_email"><a class="o_form_uri" href="mailto:noor@gates.example" target="_blank">noor@gates.example</a></div></div></div>
<div class="o_kanban"><div class="oe_kanban_card"><strong>Pádraig Lund</strong><div>Foreman</div><div>padraig@gates.example</div></div>
<div class="oe_kanban_card"><strong>Ann Smith</strong><div>Accounts</div><div>accounts@gates.example</div></div>
<div class="oe_kanban_card"><strong>Yard</strong><div>No e-mail</div></div></div></div></body>`;

/** A grid whose rows and cells are divs with roles, its headers too. */
export const ROLE_GRID = `<!doctype html><title>My Active Contacts</title><body><div role="grid">
<div role="row"><div role="columnheader">Full Name</div><div role="columnheader">Company Name</div><div role="columnheader">Email</div></div>
<div role="row" class="r"><div role="gridcell" class="c"><a href="/rec/1">Anna Berg</a></div><div role="gridcell" class="c">Timber &amp; Sons</div><div role="gridcell" class="c"><a href="mailto:contact@timber.example">contact@timber.example</a></div></div>
<div role="row" class="r"><div role="gridcell" class="c"><a href="/rec/2">Olu Okafor</a></div><div role="gridcell" class="c">Wire Ltd</div><div role="gridcell" class="c"><a href="mailto:contact@wire.example">contact@wire.example</a></div></div>
</div></body>`;

/** A company's plain directory: paragraphs, definition lists, one address spelled out. */
export const DIRECTORY = `<!doctype html><title>Our people</title><body><h1>Our people</h1>
<dl><dt>Anna Berg</dt><dd>anna@field.example</dd><dt>Jörg Müller</dt><dd><a href="mailto:jm@field.example">E-mail</a></dd></dl>
<h3>Olu Okafor</h3><p>Gates and locks: o@field.example</p><h3>Chen Li</h3><p>Stone: c@field.example</p>
<p>Ivana Petrova &lt;ivana@field.example&gt;, Noor Haddad (noor@field.example); Pat Lund – pat@field.example</p>
<p>Press: press [at] field [dot] example</p></body>`;
