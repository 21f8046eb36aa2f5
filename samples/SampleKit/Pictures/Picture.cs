namespace SampleKit;

/// <summary>Pixels to draw on. What falls outside is left out.</summary>
public sealed class Picture
{
    private readonly byte[] _pixels;

    /// <summary>A black picture.</summary>
    /// <param name="width">The pixels of a row; positive.</param>
    /// <param name="height">The number of rows; positive.</param>
    public Picture(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        _pixels = new byte[checked(width * height * 3)];
    }

    /// <summary>The pixels of a row.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>A pixel.</summary>
    public Rgb this[int x, int y]
    {
        get
        {
            var at = ((y * Width) + x) * 3;
            return new(_pixels[at], _pixels[at + 1], _pixels[at + 2]);
        }

        set
        {
            if ((uint)x < (uint)Width && (uint)y < (uint)Height)
            {
                var at = ((y * Width) + x) * 3;
                (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (value.Red, value.Green, value.Blue);
            }
        }
    }

    /// <summary>A picture of grey values.</summary>
    /// <param name="brightness">0 … 1, row by row.</param>
    /// <param name="width">The values of a row.</param>
    /// <param name="scale">The pixels to each side that a value becomes.</param>
    public static Picture FromGrey(ReadOnlySpan<float> brightness, int width, int scale = 1)
    {
        var picture = new Picture(width * scale, brightness.Length / width * scale);
        for (var i = 0; i < brightness.Length; i++)
        {
            picture.Fill(i % width * scale, i / width * scale, scale, scale, Rgb.Grey(brightness[i]));
        }

        return picture;
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int x, int y, int width, int height, Rgb color)
    {
        for (var row = y; row < y + height; row++)
        {
            for (var column = x; column < x + width; column++)
            {
                this[column, row] = color;
            }
        }
    }

    /// <summary>Draws the outline of a rectangle, one pixel wide.</summary>
    public void Outline(int x, int y, int width, int height, Rgb color)
    {
        Fill(x, y, width, 1, color);
        Fill(x, y + height - 1, width, 1, color);
        Fill(x, y, 1, height, color);
        Fill(x + width - 1, y, 1, height, color);
    }

    /// <summary>Copies another picture to a place.</summary>
    public void Draw(Picture other, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var row = 0; row < other.Height; row++)
        {
            for (var column = 0; column < other.Width; column++)
            {
                this[x + column, y + row] = other[column, row];
            }
        }
    }

    /// <summary>Writes text in capital letters of <see cref="PixelFont.Height"/> pixels.</summary>
    public void Write(string text, int x, int y, Rgb color)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var character in text)
        {
            for (var row = 0; row < PixelFont.Height; row++)
            {
                for (var column = 0; column < PixelFont.Width; column++)
                {
                    if (PixelFont.Has(character, column, row))
                    {
                        this[x + column, y + row] = color;
                    }
                }
            }

            x += PixelFont.Width + 1;
        }
    }

    /// <summary>The picture with every pixel as a square.</summary>
    /// <param name="scale">The pixels to each side of a square; positive.</param>
    public Picture Enlarged(int scale)
    {
        var enlarged = new Picture(Width * scale, Height * scale);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                enlarged.Fill(x * scale, y * scale, scale, scale, this[x, y]);
            }
        }

        return enlarged;
    }

    /// <summary>The picture with a strip for a caption below it.</summary>
    /// <param name="text">The caption; cut where it does not fit.</param>
    /// <param name="color">Its colour.</param>
    public Picture WithCaption(string text, Rgb color)
    {
        var captioned = new Picture(Width, Height + PixelFont.Height + 4);
        captioned.Draw(this, 0, 0);
        captioned.Write(text, 1, Height + 2, color);
        return captioned;
    }

    /// <summary>Pictures beside and below each other, each cell as large as the largest.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="columns">The pictures of a row; positive.</param>
    /// <param name="gap">The pixels between them.</param>
    public static Picture Sheet(IReadOnlyList<Picture> pictures, int columns, int gap = 4)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        columns = Math.Min(columns, pictures.Count);
        var (width, height) = (pictures.Max(picture => picture.Width) + gap, pictures.Max(picture => picture.Height) + gap);
        var sheet = new Picture((columns * width) + gap, (((pictures.Count - 1) / columns) + 1) * height + gap);
        for (var i = 0; i < pictures.Count; i++)
        {
            sheet.Draw(pictures[i], gap + (i % columns * width), gap + (i / columns * height));
        }

        return sheet;
    }

    /// <summary>Pictures below each other, each as high as it is.</summary>
    /// <param name="pictures">At least one.</param>
    public static Picture Stack(params IReadOnlyList<Picture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var stack = new Picture(pictures.Max(picture => picture.Width), pictures.Sum(picture => picture.Height));
        var y = 0;
        foreach (var picture in pictures)
        {
            stack.Draw(picture, 0, y);
            y += picture.Height;
        }

        return stack;
    }
}
