using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>Where a campaign's accounts and shared values stand: accounts on an ellipse, each value inside it near its users.</summary>
/// <remarks>
/// A value that all use stands in the middle, one that a part of the campaign uses stands before that part; so sub-groups show as
/// sectors. Nothing is random and positions are rounded: the same picture gives the same drawing.
/// </remarks>
internal sealed class GraphLayout
{
    /// <summary>Half the width of the ellipse, in units of the drawing.</summary>
    public const int HalfWidth = 1500;

    /// <summary>Half the height of the ellipse.</summary>
    public const int HalfHeight = 900;

    /// <summary>How far out values may stand, as a part of the ellipse.</summary>
    private const double InnerPart = 0.8;

    /// <summary>How far from the middle a value stands, as a part of its users' centre of gravity.</summary>
    private const double Pull = 0.7;

    private const int RingSteps = 4096;

    private const int SpreadingPasses = 160;

    private GraphLayout((int X, int Y)[] members, (int X, int Y)[] values) => (Members, Values) = (members, values);

    /// <summary>Positions of <see cref="CampaignPicture.Members"/>.</summary>
    public IReadOnlyList<(int X, int Y)> Members { get; }

    /// <summary>Positions of <see cref="CampaignPicture.Values"/>.</summary>
    public IReadOnlyList<(int X, int Y)> Values { get; }

    public static GraphLayout Of(CampaignPicture picture)
    {
        var ring = Ring(picture.Members.Count);
        var members = new (double X, double Y)[ring.Length];
        foreach (var (place, member) in RingOrder.Of(picture).Index())
        {
            members[member] = ring[place];
        }

        var values = Gravity(picture, members);
        Spread(values);
        return new(Array.ConvertAll(members, Round), Array.ConvertAll(values, Round));
    }

    /// <summary>Places at equal distances along the ellipse, clockwise from the top.</summary>
    private static (double X, double Y)[] Ring(int places)
    {
        var lengths = new double[RingSteps + 1];
        for (var step = 1; step <= RingSteps; step++)
        {
            var (from, to) = (OnEllipse(step - 1), OnEllipse(step));
            lengths[step] = lengths[step - 1] + Math.Sqrt(Square(to.X - from.X) + Square(to.Y - from.Y));
        }

        var ring = new (double X, double Y)[places];
        for (var (place, step) = (0, 0); place < places; place++)
        {
            while (lengths[step] * places < lengths[RingSteps] * place)
            {
                step++;
            }

            ring[place] = OnEllipse(step);
        }

        return ring;
    }

    private static (double X, double Y) OnEllipse(int step)
    {
        var angle = 2 * Math.PI * step / RingSteps;
        return (HalfWidth * Math.Sin(angle), -HalfHeight * Math.Cos(angle));
    }

    private static (double X, double Y)[] Gravity(CampaignPicture picture, (double X, double Y)[] members)
    {
        var values = new (double X, double Y)[picture.Values.Count];
        foreach (var users in picture.Edges.GroupBy(edge => edge.Value))
        {
            var (x, y) = (users.Average(edge => members[edge.Member].X), users.Average(edge => members[edge.Member].Y));
            values[users.Key] = (Pull * x, Pull * y);
        }

        return values;
    }

    /// <summary>Pushes values apart until none covers another, or the passes are over; the fewer values, the more room for each.</summary>
    private static void Spread((double X, double Y)[] values)
    {
        var room = Math.Min(2, Math.Sqrt((double)CampaignPicture.MaxValues / Math.Max(1, values.Length)));
        var (width, height) = (210 * room, 115 * room);
        for (var pass = 0; pass < SpreadingPasses; pass++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    PushApart(ref values[i], ref values[j], i, (width, height));
                }

                values[i] = Inside(values[i]);
            }
        }
    }

    private static void PushApart(ref (double X, double Y) a, ref (double X, double Y) b, int turn, (double Width, double Height) room)
    {
        var (x, y) = ((a.X - b.X) / room.Width, (a.Y - b.Y) / room.Height);
        var distance = Math.Sqrt(Square(x) + Square(y));
        if (distance >= 1)
        {
            return;
        }

        if (distance < 1e-6)
        {
            // Values at one place leave it in directions that differ by the golden angle, so that they fill the plane evenly.
            const double goldenAngle = 2.399963229728653;
            (x, y, distance) = (Math.Cos(turn * goldenAngle), Math.Sin(turn * goldenAngle), 1);
        }

        var push = distance < 1 ? (1 - distance) / distance / 2 : 0.5;
        (x, y) = (x * push * room.Width, y * push * room.Height);
        a = (a.X + x, a.Y + y);
        b = (b.X - x, b.Y - y);
    }

    private static (double X, double Y) Inside((double X, double Y) place)
    {
        var outwards = Math.Sqrt(Square(place.X / HalfWidth) + Square(place.Y / HalfHeight)) / InnerPart;
        return outwards <= 1 ? place : (place.X / outwards, place.Y / outwards);
    }

    private static double Square(double number) => number * number;

    private static (int X, int Y) Round((double X, double Y) place) => ((int)Math.Round(place.X), (int)Math.Round(place.Y));
}
