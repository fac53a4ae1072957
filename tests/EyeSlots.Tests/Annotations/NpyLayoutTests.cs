using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>The 2021 layout: a folder with images and NumPy files.</summary>
public sealed class NpyLayoutTests : IDisposable
{
    private static readonly double[] Points = NpyFolder.Points;
    private readonly NpyFolder folder = new();

    private static readonly string[] Strays = [".DS_Store", "._0.jpg", ".hidden.jpg", "Thumbs.db", "thumbs.DB", "desktop.ini", "Desktop.ini", "0.jpg.tmp", ".ipynb_checkpoints/0.jpg"];

    [Fact]
    public async Task Read_ImagesOfAnyNumber_ComeInTheirOrderAndWithoutFilesMissLabels()
    {
        foreach (var name in (string[])["10", "9", "2"]) folder.Write($"images/{name}.jpg", [1]);
        folder.Write("annotations/9_lnd.npy", NpyFile.Doubles("(136,)", Points));
        var rows = await folder.ReadAsync();
        Assert.Equal(["2", "9", "10"], rows.Select(row => Path.GetFileNameWithoutExtension(row.ImagePath)));
        Assert.Equal([RejectCode.LandmarksInvalid, null, RejectCode.LandmarksInvalid], rows.Select(row => row.Defect?.Code));
        Assert.Equal((null, null), (rows[1].Expression, rows[1].Valence));
    }

    [Fact]
    public async Task Open_AFolderWithoutImages_IsNoList()
    {
        folder.Write("annotations/0_exp.npy", NpyFile.Longs("()", 1));
        foreach (var name in Strays) folder.Write($"images/{name}", [1]);
        Assert.Null(await NpyAnnotationReader.OpenAsync(folder.Store, "train_set", CancellationToken.None));
    }

    [Fact]
    public async Task Read_StrayFilesAmongImages_AreNoRows()
    {
        foreach (var name in (string[])[.. Strays, "0.jpg", "thumbs.jpg", "a/1.jpg"]) folder.Write($"images/{name}", [1]);
        folder.Write("annotations/a/1_lnd.npy", NpyFile.Doubles("(136,)", Points));
        var rows = await folder.ReadAsync();
        Assert.Equal(["0.jpg", "a/1.jpg", "thumbs.jpg"], rows.Select(row => row.ImagePath["train_set/images/".Length..]));
        Assert.Equal([RejectCode.LandmarksInvalid, null, RejectCode.LandmarksInvalid], rows.Select(row => row.Defect?.Code));
    }

    [Fact]
    public async Task Read_ManyFaces_AreReadSideBySideAndComeInTheirOrder()
    {
        for (var face = 0; face < 300; face++) folder.Put($"{face}", NpyFile.Longs("()", face % 8), NpyFile.Doubles("()", face / 1000.0), NpyFile.Doubles("()", 0), NpyFile.Doubles("(136,)", Points));
        var slow = new Slow(folder.Store);
        var rows = await folder.ReadAsync(slow);
        Assert.Equal(Enumerable.Range(0, 300).Select(face => $"train_set/images/{face}.jpg"), rows.Select(row => row.ImagePath));
        Assert.Equal(Enumerable.Range(0, 300).Select(face => (int?)(face % 8)), rows.Select(row => row.Expression));
        Assert.All(rows, row => Assert.Equal(Points, row.Landmarks));
        Assert.InRange(slow.MostAtOnce, 8, AnnotationBatch.MostRows);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A store that answers late, as over a network.</summary>
    private sealed class Slow(IObjectStore inner) : WrappedStore(inner)
    {
        private readonly Lock gate = new();
        private int atOnce;

        public int MostAtOnce { get; private set; }

        public override bool AnswersAtOnce => false;

        public override async ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            var now = Interlocked.Increment(ref atOnce);
            lock (gate) MostAtOnce = Math.Max(MostAtOnce, now);
            await Task.Delay(5, cancellation);
            Interlocked.Decrement(ref atOnce);
            return await base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
