using EyeSlots.Tests.Hostile;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The tests, or the child process in which hostile images are cut: whatever happens to it must not happen to the tests.
if (args is [HostileChild.Name, .. var rest]) return HostileChild.Run(rest);
return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, EyeSlots.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
