using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class LogarithmicPoolTests
{
    private const int Vocabulary = 30;

    private static readonly MarkovModel[] Models = [.. new ulong[] { 1, 2, 3 }.Select(static seed => MarkovModel.Draw(Vocabulary, seed))];

    [Fact]
    public void Fit_ToASuspectThatIsAPool_FindsItsWeights()
    {
        var pool = new LogarithmicPool(2);
        for (var context = 0; context < Vocabulary; context++)
        {
            pool.Add(RowsOf(context, 2), Mixed(context, 0.7, 0.5));
        }

        pool.Fit();
        Assert.Equal(0.7, pool.Weights[0], 1e-3);
        Assert.Equal(0.5, pool.Weights[1], 1e-3);
        var row = new double[Vocabulary];
        pool.Combine(RowsOf(4, 2), row);
        Assert.All(row.Zip(Mixed(4, 0.7, 0.5)), static pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    /// <summary>From what was said alone, and with a reference that has no part in it.</summary>
    [Fact]
    public void Fit_ToWordsOfOneReference_LeavesTheOthersOut()
    {
        var (pool, said) = (new LogarithmicPool(3), Models[1].Write(LogarithmicPool.MostPlaces + 10, seed: 5));
        AddSaid(pool, said);
        pool.Fit();
        Assert.Equal(1, pool.Weights[1], 0.1);
        Assert.Equal(0, pool.Weights[0], 0.1);
        Assert.Equal(0, pool.Weights[2], 0.1);
    }

    [Fact]
    public void Fit_ToEqualReferences_GivesThemEqualWeights()
    {
        var pool = new LogarithmicPool(2);
        for (var context = 0; context < Vocabulary; context++)
        {
            pool.Add([Models[0].Row(context), Models[0].Row(context)], Models[0].Row(context));
        }

        pool.Fit();
        Assert.All(pool.Weights, static weight => Assert.Equal(0.5, weight, 1e-6));
    }

    /// <summary>Pool and residuals follow from the suspect's own words: not the same as with a reference that is fixed.</summary>
    [Fact]
    public void TestAgainstAPool_OverRandomKeys_IsSuperUniformAndFair()
    {
        var (pool, said, residuals) = (new LogarithmicPool(3), Models[0].Write(500, seed: 6), new ContextResiduals(1));
        AddSaid(pool, said);
        pool.Fit();
        var row = new double[Vocabulary];
        for (var place = 1; place < said.Length; place++)
        {
            pool.Combine(RowsOf(said[place - 1], 3), row);
            residuals.Add([said[place - 1]], said[place], row);
        }

        NullCalibration.AssertSuperUniform(
            95, (ref SeededGenerator generator) => residuals.Weights(0.01).Test(Key(ref generator)).Test, nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            96, (ref SeededGenerator generator) => residuals.Evidence(Key(ref generator)), nulls: 600);
    }

    [Fact]
    public void Places_ThatDoNotFit_AreRefused()
    {
        var pool = new LogarithmicPool(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Add(RowsOf(1, 3), Models[0].Row(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Add(RowsOf(1, 2), [1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new LogarithmicPool(0));
    }

    private static void AddSaid(LogarithmicPool pool, int[] said)
    {
        for (var place = 1; place < said.Length; place++)
        {
            var own = new double[Vocabulary];
            own[said[place]] = 1;
            pool.Add(RowsOf(said[place - 1], 3), own);
        }
    }

    private static double[][] RowsOf(int context, int count) => [.. Models.Take(count).Select(model => model.Row(context))];

    private static double[] Mixed(int context, double first, double second)
    {
        var rows = Models[0].Row(context).Zip(Models[1].Row(context));
        double[] row = [.. rows.Select(pair => Math.Pow(pair.First, first) * Math.Pow(pair.Second, second))];
        var total = row.Sum();
        return [.. row.Select(p => p / total)];
    }

    private static KeyedGreenBits Key(ref SeededGenerator generator)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        return new(key, 1);
    }
}
