namespace Stillwatch.Interactions.Reading;

internal static class CsvHeader
{
    public static bool Recognise(ReadOnlySpan<byte> text) => false;
}
