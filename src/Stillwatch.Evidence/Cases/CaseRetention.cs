namespace Stillwatch.Evidence.Cases;

/// <summary>Which cases have been kept long enough.</summary>
public static class CaseRetention
{
    /// <summary>
    /// The decided cases in which nothing was decided, said or disclosed for a time. What is open, proposed or under appeal is never
    /// among them.
    /// </summary>
    /// <param name="book">The cases.</param>
    /// <param name="now">The present.</param>
    /// <param name="keep">How long a case is kept after its latest entry.</param>
    public static IReadOnlyList<CaseState> Due(CaseBook book, DateTimeOffset now, TimeSpan keep)
    {
        ArgumentNullException.ThrowIfNull(book);
        return [.. book.Cases.Values.Where(state => state.Status == CaseStatus.Decided && now - state.Latest.Entry.At >= keep)];
    }
}
