return Usage();

static int Usage()
{
    Console.Error.WriteLine(
        """
        The accuracy of campaign detection: Stillwatch and its rivals on the same traffic.
        """);
    return 2;
}
