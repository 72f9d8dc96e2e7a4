using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class GraphLayoutTests
{
    [Fact]
    public void Of_EqualPictures_AreEqual()
    {
        var (one, other) = (GraphLayout.Of(Picture(11)), GraphLayout.Of(Picture(11)));
        Assert.Equal(one.Members, other.Members);
        Assert.Equal(one.Values, other.Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_FullPicture_SetsEverythingApartAndInside(int seed)
    {
        var picture = Picture(seed);
        Assert.Equal(CampaignPicture.MaxMembers, picture.Members.Count);
        var layout = GraphLayout.Of(picture);
        Assert.Equal(picture.Members.Count, layout.Members.Distinct().Count());
        Assert.All(layout.Members, place => Assert.InRange(Out(place), 0.995, 1.005));
        Assert.All(layout.Values, place => Assert.InRange(Out(place), 0, 0.81));
        var nearest = layout.Values.Index().Min(a => layout.Values.Index().Where(b => b.Index > a.Index)
            .Select(b => Math.Abs(a.Item.X - b.Item.X) + Math.Abs(a.Item.Y - b.Item.Y)).DefaultIfEmpty(int.MaxValue).Min());
        Assert.InRange(nearest, 60, int.MaxValue);
    }

    [Fact]
    public void Of_EmptyPicture_IsEmpty()
    {
        var layout = GraphLayout.Of(Picture(1) with { Members = [], Values = [], Edges = [] });
        Assert.Empty(layout.Members);
        Assert.Empty(layout.Values);
    }

    [Fact]
    public void Of_OneMemberAndTwoValuesAtOnePlace_SetsTheValuesApart()
    {
        var picture = Picture(1);
        var layout = GraphLayout.Of(picture with
        {
            Members = [picture.Members[0]],
            Values = [picture.Values[0], picture.Values[1]],
            Edges = [new(0, 0), new(0, 1)],
        });
        Assert.NotEqual(layout.Values[0], layout.Values[1]);
    }

    [Fact]
    public void RingOrder_CellsWithOwnValues_KeepsEachCellTogether()
    {
        const int cells = 5;
        var picture = Picture(1);
        PictureEdge[] edges = [.. Enumerable.Range(0, picture.Members.Count)
            .SelectMany(member => new[] { new PictureEdge(member, member % cells), new PictureEdge(member, cells) })];
        var order = RingOrder.Of(picture with { Edges = edges });
        Assert.Equal(Enumerable.Range(0, picture.Members.Count), order.Order());
        var changes = order.Zip(order.Skip(1)).Count(pair => pair.First % cells != pair.Second % cells);
        Assert.Equal(cells - 1, changes);
    }

    private static CampaignPicture Picture(int seed) => new HuntResultBuilder(seed) { CampaignSizes = [900] }.Build().Pictures[0];

    private static double Out((int X, int Y) place) =>
        Math.Sqrt(Math.Pow((double)place.X / GraphLayout.HalfWidth, 2) + Math.Pow((double)place.Y / GraphLayout.HalfHeight, 2));
}
