using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>Folders that EYESLOTS_LIBTORCH may name, each with a process of its own: a process loads libtorch once.</summary>
public sealed class LibTorchFolderTests : IDisposable
{
    private static readonly string Real = Path.Combine(Path.GetDirectoryName(EyeSlotsProgram.Trainer)!, "libtorch");
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Version_ThatIsNotKnown_IsRefusedBeforeTheRestIsLoaded()
    {
        CompiledLibrary.Make(scratch["libtorch_cpu.so"], CompiledLibrary.OfVersion29);
        File.WriteAllText(scratch["libtorch.so"], ""); // would be refused, if it were loaded
        Assert.StartsWith($"libtorch-version: {scratch.Folder} holds libtorch 2.9.0; it must be 2.10 or 2.11.", await FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_ThatTheLibraryDoesNotTell_IsRefused()
    {
        CompiledLibrary.Make(scratch["libtorch_cpu.so"], "int other;");
        File.WriteAllText(scratch["libtorch.so"], "");
        Assert.StartsWith($"libtorch-version: {scratch["libtorch_cpu.so"]} does not tell its version", await FailureAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libtorch.so")]
    [InlineData("libtorch_cpu.so")]
    public async Task File_ThatIsNotThere_IsNamed(string missing)
    {
        LinkReal();
        File.Delete(scratch[missing]);
        Assert.StartsWith($"libtorch-missing: There is no {missing} in {scratch.Folder} (EYESLOTS_LIBTORCH).", await FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_ThatIsNotThere_IsNamed() =>
        Assert.Contains(scratch["none"], await FailureAsync(scratch["none"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("libtorch_cpu.so")]
    [InlineData("libtorch.so")]
    public async Task Library_CutShort_IsToldAndNotLoaded(string name)
    {
        LinkReal();
        File.Delete(scratch[name]);
        using (var whole = File.OpenRead(Path.Combine(Real, name)))
        {
            var half = new byte[Math.Min(whole.Length / 2, 1 << 20)];
            whole.ReadExactly(half);
            await File.WriteAllBytesAsync(scratch[name], half, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith($"libtorch-missing: {scratch[name]} is cut short: ", await FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_ThatIsNone_IsTold()
    {
        LinkReal();
        File.Delete(scratch["libtorch_cpu.so"]);
        await File.WriteAllTextAsync(scratch["libtorch_cpu.so"], new string('x', 4096), TestContext.Current.CancellationToken);
        Assert.StartsWith($"libtorch-missing: {scratch["libtorch_cpu.so"]} is no shared library for x86-64.", await FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_WhoseOwnLibraryIsMissing_IsToldWithItsName()
    {
        CompiledLibrary.Make(scratch["libinner.so"], "int inner(void) { return 1; }");
        CompiledLibrary.Make(scratch["libtorch_cpu.so"], "int inner(void); int outer(void) { return inner(); }", scratch["libinner.so"]);
        File.Delete(scratch["libinner.so"]);
        File.WriteAllText(scratch["libtorch.so"], "");
        var failure = await FailureAsync();
        Assert.StartsWith($"libtorch-missing: {scratch["libtorch_cpu.so"]} does not load: ", failure, StringComparison.Ordinal);
        Assert.Contains("libinner.so", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderOfTheUsersOwn_IsTaken()
    {
        LinkReal();
        var result = await DoctorAsync(scratch.Folder);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"from {scratch.Folder}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitPolicy_OfTheUser_Stays()
    {
        var result = await EyeSlotsProgram.EndAsync(EyeSlotsProgram.StartOther(EyeSlotsProgram.Trainer, new Dictionary<string, string> { ["OMP_WAIT_POLICY"] = "active" }, "doctor"));
        Assert.Contains("OMP_WAIT_POLICY is active", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuda_WithTheProgramsOwnLibtorch_IsUnavailableAndSaysWhatToSet()
    {
        var (code, message) = await TrainOnCudaAsync(folder: "");
        Assert.Equal("device-unavailable", code);
        Assert.Contains($"there is no libtorch_cuda.so in {Real}; set EYESLOTS_LIBTORCH", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuda_WithALibtorchOfTheUserWithoutIt_NamesTheMissingFile()
    {
        LinkReal();
        var (code, message) = await TrainOnCudaAsync(scratch.Folder);
        Assert.Equal("libtorch-missing", code);
        Assert.StartsWith($"There is no libtorch_cuda.so in {scratch.Folder} (EYESLOTS_LIBTORCH), and cuda was asked for.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuda_WithItsFileButNoGpu_IsUnavailableAndSaysWhatIsMissing()
    {
        LinkReal();
        File.WriteAllText(scratch["libtorch_cuda.so"], "");
        var (code, message) = await TrainOnCudaAsync(scratch.Folder);
        Assert.Equal("device-unavailable", code);
        Assert.StartsWith("cuda:0 was asked for, and there is no GPU: ", message, StringComparison.Ordinal);
        Assert.EndsWith("Take --device cpu, or auto.", message, StringComparison.Ordinal);
    }

    /// <summary>What the trainer says where the GPU is named; it looks for it before it looks for the dataset, and makes no folder.</summary>
    private async Task<(string? Code, string? Message)> TrainOnCudaAsync(string folder)
    {
        using var process = EyeSlotsProgram.StartOther(
            EyeSlotsProgram.Trainer, new Dictionary<string, string> { ["EYESLOTS_LIBTORCH"] = folder },
            "train", "--data", scratch["none"], "--train", "a", "--validation", "b", "--run", scratch["run"], "--device", "cuda", "--json");
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal((1, ""), (result.ExitCode, result.Errors));
        Assert.False(Directory.Exists(scratch["run"]));
        var error = result.Json.GetProperty("error");
        return (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }

    private void LinkReal()
    {
        foreach (var file in Directory.EnumerateFiles(Real)) File.CreateSymbolicLink(scratch[Path.GetFileName(file)], file);
    }

    private async Task<string> FailureAsync(string? folder = null)
    {
        var result = await DoctorAsync(folder ?? scratch.Folder);
        Assert.Equal(1, result.ExitCode);
        return Assert.Single(result.Json.GetProperty("checks").EnumerateArray()).GetProperty("detail").GetString()!;
    }

    private static async Task<ProgramResult> DoctorAsync(string folder)
    {
        using var process = EyeSlotsProgram.StartOther(EyeSlotsProgram.Trainer, new Dictionary<string, string> { ["EYESLOTS_LIBTORCH"] = folder }, "doctor", "--json");
        return await EyeSlotsProgram.EndAsync(process);
    }
}
