namespace Stillwatch.Reporting;

/// <summary>A campaign to look at: its life over time, the graph of what its accounts share, its members. The script fills them.</summary>
internal static class CampaignViews
{
    public static void Add(HtmlMarkup html, ReportContent content, int place)
    {
        AddLife(html, content, place);
        AddGraph(html, content, place);
        AddMembers(html, content, place);
    }

    private static void AddLife(HtmlMarkup html, ReportContent content, int place)
    {
        if (content.Sections[place].Picture is not { Days.Count: > 0 } picture)
        {
            return;
        }

        html.Add($"""
            <h3>Over time</h3>
            <p class="hint">Above: the campaign’s interactions per {ReportBody.Unit(content.Timeline)} (left axis) before those of the
            whole log (right axis). Below: its accounts that are active, are seen for the first time, and for the last time.</p>
            <div class="chart life" data-chart="life" data-campaign="{place}" role="img"
              aria-label="Chart of the campaign’s interactions and accounts over time. The table below has the figures."></div>
            <details><summary>Figures of this chart</summary>

            """);
        AddLifeTable(html, content.Timeline, picture.Days);
        html.Add($"</details>\n");
    }

    private static void AddLifeTable(HtmlMarkup html, Timeline timeline, IEnumerable<Hunting.PictureDay> days)
    {
        HtmlTable.Begin(html, "The campaign over time", "Time", "#Interactions", "#Active accounts", "#First seen", "#Last seen");
        foreach (var (bucket, day) in timeline.Fill(days).Index().Where(pair => pair.Item.Interactions > 0))
        {
            html.Add($"""<tr><th scope="row">{timeline.Name(bucket)}</th>""");
            HtmlTable.Figure(html, day.Interactions);
            HtmlTable.Figure(html, day.Accounts);
            HtmlTable.Figure(html, day.Joined);
            HtmlTable.Figure(html, day.Left);
            html.Add($"</tr>\n");
        }

        HtmlTable.End(html);
    }

    private static void AddGraph(HtmlMarkup html, ReportContent content, int place)
    {
        if (content.Sections[place].Picture is not { Values.Count: > 0, Members.Count: > 0 } picture)
        {
            return;
        }

        html.Add($"""
            <h3>What the accounts share</h3>
            <p class="hint">{Drawn(content, place)} around the values that they share with one another; a value stands near those who
            use it. Point at something to see what it is tied to.</p>
            <div class="graph"><div class="tools" role="group" aria-label="Zoom">
            <button type="button" data-zoom="1.4" aria-label="Zoom in">+</button>
            <button type="button" data-zoom="0.714" aria-label="Zoom out">−</button>
            <button type="button" data-zoom="0">Reset</button></div>
            <div class="chart net" data-chart="net" data-campaign="{place}" role="img"
              aria-label="Graph of accounts and the values they share. The table below lists the values."></div></div>
            <details><summary>Shared values as a table</summary>

            """);
        AddValueTable(html, picture.Values);
        html.Add($"</details>\n");
    }

    private static string Drawn(ReportContent content, int place)
    {
        var (drawn, all) = (content.Listed[place].Count(member => member.Drawn is not null), content.Sections[place].Members.Count);
        return drawn < all ? $"The {Wording.Number(drawn)} busiest of {Wording.Number(all)} accounts stand" : "The accounts stand";
    }

    private static void AddValueTable(HtmlMarkup html, IEnumerable<Hunting.PictureValue> values)
    {
        HtmlTable.Begin(html, "Values that members share", "Kind", "Value", "#Members", "#Parties in the whole log");
        foreach (var value in values)
        {
            html.Add($"""
                <tr><td>{ValueKinds.Singular(value.Kind)}</td>
                <th scope="row" class="name"><bdi>{HarmlessText.Of(value.Label, ReportBounds.Label)}</bdi></th>
                """);
            HtmlTable.Figure(html, value.Members);
            HtmlTable.Figure(html, value.Parties);
            html.Add($"</tr>\n");
        }

        HtmlTable.End(html);
    }

    private static void AddMembers(HtmlMarkup html, ReportContent content, int place)
    {
        var listed = content.Listed[place].Length;
        html.Add($"""
            <h3>Members</h3>
            <div class="members" data-campaign="{place}">
            <div class="tools">
            <label>Filter <input type="search" placeholder="part of a name or reason" autocomplete="off" spellcheck="false"></label>
            <label>Verdict <select><option value="">all</option><option>block</option><option>restrict</option><option>review</option>
            <option>clear</option></select></label>
            <output aria-live="polite"></output></div>
            <div class="scroll" role="region" aria-label="Members of the campaign" tabindex="0">
            <table><thead></thead><tbody></tbody></table></div>
            <div class="tools pager"></div>
            <details><summary>All {Wording.Number(listed)} names as text</summary>
            <div class="tools"><button type="button" class="copy">Copy</button><output aria-live="polite"></output></div>
            <textarea readonly rows="12" spellcheck="false" aria-label="Names of all members, one a line"></textarea></details>
            </div>

            """);
        HtmlTable.Rest(html, content.Sections[place].Members.Count - listed, "member");
    }
}
