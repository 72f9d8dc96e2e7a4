using System.Collections.Frozen;
using System.Text;

namespace Stillwatch.Sketching;

/// <summary>Words that say nothing of a prompt's topic, in the languages most prompts are written in.</summary>
/// <remarks>
/// Only a saving of room in <see cref="InteractionSketch.Words"/>: what is common in the traffic at hand weighs little anyway,
/// because the hunt weighs words by their rarity.
/// </remarks>
internal static class StopWords
{
    private const string Words = """
        about above after again against also although always among another answer anything around because been before being
        below best better between both cannot could does doing done down during each either else even every example explain
        first following from further give given good have having help here herself himself however include into itself just
        know last least less like list made make many might more most much must need never next none nothing often once only
        other ourselves over please provide question response right same shall should show since some something still such
        take tell than that their them then there these they thing things think this those three through today together
        until upon using very want well were what when where whether which while whom whose will with within without word
        words work would write your yours yourself
        aber alle auch auf aus bitte dass dein deine diese dieser doch eine einem einen einer eines euch für haben ihre kann
        können mein meine mich mit nach nicht noch oder schon sein seine sich sind über und unter viel wenn werden wie wird
        avec avoir bien cette comme dans des elle elles entre être faire leur leurs mais nous par pas plus pour quand que quel
        qui sans ses son sont sur tout tous une votre vous
        algo ante bajo cada como con contra cual cuando del desde donde ella ellas ellos entre era esta este estos favor hacia
        hasta las los más mientras muy nada nuestro otra otro para pero poco por porque puede qué ser sin sobre son también
        tiene todo todos una uno unos
        ainda apenas até cada coisa das dos ela elas eles essa esse isso isto mais mas mesmo muito não nas nos numa onde pela
        pelo porque quando quem são sem ser seu seus sua suas também tem uma umas você
        alla anche che come con cosa dalla degli della delle dello dopo dove gli hanno nella non per perché più quando quello
        questa questo senza sono tutti tutto
        """;

    private static readonly FrozenSet<ulong> Hashes = Build();

    /// <summary>Whether the word (by its hash in <see cref="PromptScanner"/>) is one of them.</summary>
    public static bool Contains(ulong word) => Hashes.Contains(word);

    private static FrozenSet<ulong> Build()
    {
        var hashes = new HashSet<ulong>();
        var scanner = new PromptScanner(Encoding.UTF8.GetBytes(Words));
        for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
        {
            if (token == PromptToken.Word)
            {
                hashes.Add(scanner.Word);
            }
        }

        return hashes.ToFrozenSet();
    }
}
