using Stillwatch.Cli;

return await StillwatchCommand.RunAsync(args);
