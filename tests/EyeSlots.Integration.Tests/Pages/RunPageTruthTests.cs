using System.Text.Json.Nodes;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>What stands on the page of a run is what its files say.</summary>
[Collection(nameof(MadePages))]
public sealed class RunPageTruthTests(MadePages made, Browser browser)
{
    private const int Side = 20, MostShown = 8;
    private static readonly string[] Metrics = ["ccc", "corr", "rmse", "sagr", "sagr_nonzero"];

    [Fact]
    public async Task Metrics_StandBesideTheirIntervalsAndTheFloors_AsTheEvaluationsHaveThem()
    {
        var tables = await TablesAsync();
        foreach (var (output, caption) in new[] { ("valence", "Valence"), ("arousal", "Arousal") })
        {
            foreach (var (evaluation, table) in new RunFolder(made.First).Evaluations.Zip(tables.Where(table => table.Caption == caption), (file, table) => (RunFolder.Numbers(file)[output]!, table)))
            {
                var expected = Metrics.SelectMany(name => new[] { evaluation[name], evaluation["intervals"]![name]!["low"], evaluation["intervals"]![name]!["high"] });
                Assert.Equal(expected.Select(RunFolder.Number), table.Numbers(Path.GetFileName(made.First)));
                foreach (var (floor, values) in evaluation["floors"]!.AsObject())
                    Assert.Equal(Metrics.Select(name => values![name]).Where(value => value is not null).Select(RunFolder.Number), table.Numbers($"floor: {floor}"));
            }
        }
    }

    [Fact]
    public async Task Curves_AreTheEpochsOfTheLog()
    {
        var (tables, epochs) = (await TablesAsync(), new RunFolder(made.First).Epochs);
        AssertEpochs("Loss: loss", epoch => [epoch["trainingLoss"], epoch["validationLoss"]]);
        AssertEpochs("CCC on validation: CCC", epoch => [epoch["valence"]!["ccc"], epoch["arousal"]!["ccc"]]);
        AssertEpochs("RMSE on validation: RMSE", epoch => [epoch["valence"]!["rmse"], epoch["arousal"]!["rmse"]]);
        AssertEpochs(Path.GetFileName(made.First), epoch => [epoch["learningRate"], epoch["faces"], epoch["facesPerSecond"], epoch["waiting"], epoch["seconds"], epoch["broken"]]);

        void AssertEpochs(string caption, Func<JsonObject, JsonNode?[]> values) => Assert.Equal(
            epochs.Select(epoch => (double[])[RunFolder.Number(epoch["epoch"]), .. values(epoch).Select(RunFolder.Number)]), tables.Single(table => table.Caption == caption).AllNumbers());
    }

    [Fact]
    public async Task Drawings_CountEveryPrediction()
    {
        var tables = await TablesAsync();
        foreach (var (number, file) in new RunFolder(made.First).Evaluations.Index())
        {
            var faces = RunFolder.Predictions(file);
            Assert.Equal(Counts(faces.Select(face => (face.Valence, face.ShownValence))), Numbers("Predicted against true valence"));
            Assert.Equal(Counts(faces.Select(face => (face.Arousal, face.ShownArousal))), Numbers("Predicted against true arousal"));
            Assert.Equal(Means(faces.Select(face => (face.Valence, face.Arousal, face.ShownValence - face.Valence))), Numbers("Residuals of valence"));
            Assert.Equal(Means(faces.Select(face => (face.Valence, face.Arousal, face.ShownArousal - face.Arousal))), Numbers("Residuals of arousal"));

            double[][] Numbers(string title) => tables.Where(table => table.Caption == $"{title}: cells that are not empty").ElementAt(number).AllNumbers();
        }
    }

    [Fact]
    public async Task FacesPredictedBestAndWorst_AreThoseOfThePredictions()
    {
        var tables = await TablesAsync();
        foreach (var (number, file) in new RunFolder(made.First).Evaluations.Index())
        {
            var sorted = RunFolder.Predictions(file).Select(face => (face, Distance: Distance(face.ShownValence - face.Valence, face.ShownArousal - face.Arousal))).OrderBy(face => face.Distance).ToArray();
            foreach (var (caption, expected) in new[] { ("Best", sorted.Take(MostShown)), ("Worst", sorted.Reverse().Take(MostShown)) })
            {
                var table = tables.Where(table => table.Caption == $"{caption} predicted: numbers").ElementAt(number);
                Assert.Equal(expected.Select(one => one.face.Face), table.Rows.Select(row => row[0].Text));
                Assert.Equal(expected.Select(one => (double[])[one.face.Valence, one.face.ShownValence, one.face.Arousal, one.face.ShownArousal, one.Distance]), table.AllNumbers(1));
            }
        }
    }

    [Fact]
    public async Task GridPartsLeaksAndConfiguration_AreThoseOfTheFiles()
    {
        var (tables, run) = (await TablesAsync(), new RunFolder(made.First));
        var test = RunFolder.Numbers(run.Evaluations[0]);
        Assert.Equal(
            test["grid"]!.AsArray().Where(cell => RunFolder.Number(cell!["rows"]) > 0).Select(cell => new[] { cell!["fromValence"], cell["fromArousal"], cell["rows"], cell["valence"]!["bias"], cell["valence"]!["rmse"], cell["arousal"]!["bias"], cell["arousal"]!["rmse"] }.Select(RunFolder.Number)),
            tables.First(table => table.Caption.StartsWith("The grid", StringComparison.Ordinal)).AllNumbers());
        Assert.Equal(
            test["byExpression"]!.AsObject().Select(part => new[] { part.Value!["rows"], part.Value["valence"]!["ccc"], part.Value["arousal"]!["ccc"], part.Value["valence"]!["rmse"], part.Value["arousal"]!["rmse"] }.OfType<JsonNode>().Select(RunFolder.Number)),
            tables.First(table => table.Caption == "By expression").AllNumbers(1));
        Assert.Equal(
            run.Leaks["firstPaths"]!.AsArray().Concat(run.Leaks["firstCrops"]!.AsArray()).Select(path => path!.GetValue<string>()), tables.Single(table => table.Caption == "The first of them").Rows.Select(row => row[1].Text));
        Assert.Equal(
            RunFolder.Leaves(run.Config).Select(leaf => (leaf.Path, leaf.Value switch { null => "none", JsonArray several => string.Join(", ", several.Select(one => one!.ToString())), var one => one.ToString() })),
            tables.Single(table => table.Caption == "Every option, as config.json has it").Rows.Select(row => (row[0].Text, row[1].Text)));
    }

    [Fact]
    public async Task EveryNumberOfASentence_StandsInAFileOfTheRun()
    {
        var run = new RunFolder(made.First);
        var files = run.Epochs.Append(run.Leaks).Concat(run.Evaluations.Select(RunFolder.Numbers)).SelectMany(Numbers).Append(run.Epochs.Length).ToHashSet();
        await using var opened = await browser.OpenAsync(made["run"]);
        var shown = await opened.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('p data')].map(number => Number(number.value))");
        Assert.True(shown.Length > 20);
        Assert.Empty(shown.Except(files));

        static IEnumerable<double> Numbers(JsonNode? node) => node switch
        {
            JsonObject fields => fields.SelectMany(field => Numbers(field.Value)),
            JsonArray several => several.SelectMany(Numbers),
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => [value.GetValue<double>()],
            _ => [],
        };
    }

    [Theory]
    [InlineData(-0.001, "does not beat the linear floor")]
    [InlineData(0.001, "beats the linear floor")]
    public async Task Verdict_FollowsFromWhereTheIntervalBegins(double above, string verdict)
    {
        using var copy = new CopiedRun(made.First);
        copy.Edit("evaluations/affectnet-1-test.json", numbers => numbers["valence"]!["intervals"]!["ccc"]!["low"] = RunFolder.Number(numbers["valence"]!["floors"]!["linear"]!["ccc"]) + above);
        Assert.Equal(0, (await EyeSlotsProgram.RunAsync("report", "--run", copy.Folder, "--out", copy.Page, "--no-pictures")).ExitCode);
        await using var opened = await browser.OpenAsync(copy.Page);
        Assert.Contains($"Valence: the model {verdict}: its CCC's interval begins at", await opened.Page.Locator("#s1").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MadeTwiceAndInAnotherLanguage_HasTheSameBytes()
    {
        var before = await File.ReadAllBytesAsync(made["run"], TestContext.Current.CancellationToken);
        var elsewhere = new Dictionary<string, string> { ["LC_ALL"] = "de_DE.UTF-8", ["TZ"] = "Asia/Tokyo", ["DOTNET_PROCESSOR_COUNT"] = "1" };
        Assert.Equal(0, (await EyeSlotsProgram.RunAsync(elsewhere, "report", "--run", made.First, "--out", made["again"])).ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(made["again"], TestContext.Current.CancellationToken));
    }

    private async Task<IReadOnlyList<ShownTable>> TablesAsync()
    {
        await using var opened = await browser.OpenAsync(made["run"]);
        return await ShownTable.AllAsync(opened);
    }

    private static int Cell(double value) => Math.Clamp((int)Math.Floor((value + 1) * Side / 2), 0, Side - 1);

    private static double Begin(int cell) => ((2.0 * cell) - Side) / Side;

    private static IEnumerable<double[]> Counts(IEnumerable<(double Across, double Up)> points) =>
        points.GroupBy(point => (Across: Cell(point.Across), Up: Cell(point.Up))).OrderBy(cell => cell.Key).Select(cell => (double[])[Begin(cell.Key.Across), Begin(cell.Key.Up), cell.Count()]);

    private static IEnumerable<double[]> Means(IEnumerable<(double Across, double Up, double Error)> points) =>
        points.GroupBy(point => (Across: Cell(point.Across), Up: Cell(point.Up))).OrderBy(cell => cell.Key)
            .Select(cell => (double[])[Begin(cell.Key.Across), Begin(cell.Key.Up), cell.Count(), cell.Aggregate(0.0, (sum, point) => sum + point.Error) / cell.Count()]);

    // Squares by multiplication, as the page takes them: Math.Pow differs from them in the last bit.
    private static double Distance(double valence, double arousal) => Math.Sqrt((valence * valence) + (arousal * arousal));
}
